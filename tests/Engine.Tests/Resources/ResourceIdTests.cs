namespace ImageCmdlets.Engine.Tests.Resources;

public sealed class ResourceIdTests
{
    private const string Group = "/subscriptions/10000000-0000-4000-8000-000000000001/resourceGroups/images";

    [Theory]
    [InlineData("/providers/Microsoft.Compute/disks/os", "Microsoft.Compute/disks", "os", null)]
    [InlineData("/providers/Microsoft.Compute/virtualMachines/web01/runCommands/run", "Microsoft.Compute/virtualMachines/runCommands", "run", "web01")]
    [InlineData("/providers/Microsoft.Compute/disks/os/providers/Microsoft.Resources/tags/default", "Microsoft.Resources/tags", "default", null)]
    [InlineData("/providers/Microsoft.Compute/galleries/g/images/providers", "Microsoft.Compute/galleries/images", "providers", "g")]
    public void AnIdTellsTypeNameAndParent(string rest, string type, string name, string? parent)
    {
        ResourceId id = ResourceId.TryParse(Group + rest)!;

        Assert.Equal(type, id.ResourceType);
        Assert.Equal(name, id.Name);
        Assert.Equal("images", id.ResourceGroupName);
        Assert.Equal(parent, parent is null ? null : id.ParentName);
        Assert.Equal(Group + rest, id.Text);
    }

    [Theory]
    [InlineData("/providers/Microsoft.Compute/disks/os/providers/Microsoft.Resources/tags")]
    [InlineData("/providers/Microsoft.Compute/disks")]
    [InlineData("/providers/Microsoft.Compute/disks/os/extra")]
    public void WhatIsNoIdIsNone(string rest) => Assert.Null(ResourceId.TryParse(Group + rest));

    [Theory]
    [InlineData(ResourceTypes.Disk, "disks/{name}")]
    [InlineData(ResourceTypes.Gallery, "galleries/{name}")]
    [InlineData(ResourceTypes.GalleryImageVersion, "galleries/{gallery}/images/{image}/versions/{name}")]
    public void TheFormOfAnIdIsThatOfOne(string type, string rest)
    {
        Assert.Equal("/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.Compute/" + rest, ResourceId.FormOf(type));
        Assert.True(ResourceId.TryParse(ResourceId.FormOf(type))!.Is(type));
    }
}
