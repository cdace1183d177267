using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Tests.Vms;

public sealed class ComputerNameTests
{
    [Theory]
    [InlineData("web01", true, "web01")]
    [InlineData("web_01.prod", true, "web-01-prod")]
    [InlineData("web_01.prod", false, "web-01.prod")]
    [InlineData("12345", true, "vm12345")]
    [InlineData("12345", false, "12345")]
    public void IsMadeOfTheMachinesName(string vmName, bool isWindows, string expected) => Assert.Equal(expected, ComputerName.Of(vmName, isWindows));

    [Fact]
    public void LongWindowsNamesAreShortenedAndStayDifferent()
    {
        string first = ComputerName.Of("webserver-production-01", isWindows: true);
        string second = ComputerName.Of("webserver-production-02", isWindows: true);

        Assert.NotEqual(first, second);
        Assert.Equal(first, ComputerName.Of("WEBSERVER-production-01", isWindows: true), ignoreCase: true);
        Assert.Null(ComputerName.Problem(first, isWindows: true));
        Assert.StartsWith("webserver-", first, StringComparison.Ordinal);
        Assert.Equal("webserver-production-01", ComputerName.Of("webserver-production-01", isWindows: false));
    }

    [Theory]
    [InlineData("web01", true, true)]
    [InlineData("1234", true, false)]
    [InlineData("web.01", true, false)]
    [InlineData("webserver-prod-1", true, false)]
    [InlineData("web_01", false, false)]
    [InlineData("-web", false, false)]
    public void ChosenNamesFollowTheSystemsRule(string name, bool isWindows, bool isGood) => Assert.Equal(isGood, ComputerName.Problem(name, isWindows) is null);
}
