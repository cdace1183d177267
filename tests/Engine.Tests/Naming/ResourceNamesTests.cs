using ImageCmdlets.Engine.Naming;

namespace ImageCmdlets.Engine.Tests.Naming;

public sealed class ResourceNamesTests
{
    [Theory]
    [InlineData("web01")]
    [InlineData("a")]
    [InlineData("0-web_01.prod")]
    [InlineData("web_")]
    public void GoodNames(string name)
    {
        Assert.Null(ResourceNames.Problem(ResourceTypes.VirtualMachine, name));
        Assert.Null(ResourceNames.Problem(ResourceTypes.Image, name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-web")]
    [InlineData("_web")]
    [InlineData("web-")]
    [InlineData("web.")]
    [InlineData("web 01")]
    [InlineData("web*")]
    [InlineData("wéb")]
    public void BadNames(string name)
    {
        ImageCmdletsException problem = ResourceNames.Problem(ResourceTypes.Snapshot, name)!;

        Assert.Equal(ErrorIds.InvalidResourceName, problem.ErrorId);
        Assert.Equal(name, problem.Target);
    }

    [Theory]
    [InlineData(ResourceTypes.VirtualMachine, 64)]
    [InlineData(ResourceTypes.Image, 80)]
    [InlineData(ResourceTypes.Snapshot, 80)]
    [InlineData(ResourceTypes.Disk, 80)]
    public void EachTypeHasItsLength(string type, int longest)
    {
        Assert.Null(ResourceNames.Problem(type, new string('a', longest)));
        Assert.NotNull(ResourceNames.Problem(type, new string('a', longest + 1)));
    }

    [Theory]
    [InlineData("my group", false)]
    [InlineData("group.", false)]
    [InlineData("", false)]
    [InlineData("gruppe-(alt)_1.x", true)]
    [InlineData("größe", true)]
    public void GroupsHaveRulesOfTheirOwn(string name, bool isGood) => Assert.Equal(isGood, ResourceNames.GroupProblem(name) is null);
}
