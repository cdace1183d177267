using System.Management.Automation;
using System.Net;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Recordings.Tests;

/// <summary>The scale sets that az made of custom images, made and shown by the cmdlets of this module.</summary>
/// <remarks>test_vm_custom_image is the only recording with scale sets; az made them by templates (<see cref="DeployedScaleSets"/>). What no recorded
/// client asked is named with a reason in <see cref="Open"/>: nobody asked for the instances of a set, so no test here speaks of any.</remarks>
[Trait("Category", "Recordings")]
public sealed class ScaleSetStoryTests
{
    private const string Group = "cli_test_vm_custom_image000001";

    /// <summary>What az's template says of a set and this module does not, or in another way.</summary>
    private static readonly string[] s_saidOtherwise =
    [
        // For Resource Manager, which resolves them; no part of a set.
        "type", "name", "apiVersion", "dependsOn",

        // Azure's own words are Manual and true; it takes any casing, and text for a truth.
        "properties.upgradePolicy.mode", "properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations[0].properties.primary",

        // az makes up a name for each interface, and a password is nobody else's.
        "properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations[0].name",
        "properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations[0].properties.ipConfigurations[0].name",
        "properties.virtualMachineProfile.osProfile.adminPassword",

        // az makes a security group that lets SSH in from everywhere; this module makes no address by which anybody could come in, and no group.
        "properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations[0].properties.networkSecurityGroup",

        // FromImage, in another casing.
        "properties.virtualMachineProfile.storageProfile.dataDisks[0].createOption", "properties.virtualMachineProfile.storageProfile.dataDisks[1].createOption",
    ];

    /// <summary>What this module says of a set and az's template does not.</summary>
    private static readonly string[] s_saidBesides =
    [
        "tags.imagecmdlets-operation", "tags.imagecmdlets-source", "tags.imagecmdlets-step",

        // az leaves all this to Azure: the tier is always Standard, and the recorded sets show the others as they are said here.
        "sku.tier", "properties.virtualMachineProfile.osProfile.linuxConfiguration.disablePasswordAuthentication", "properties.virtualMachineProfile.storageProfile.osDisk.deleteOption",
    ];

    [Theory]
    [InlineData("vmss1", "img-from-unmanaged", 106, 112, 0)]
    [InlineData("vmss2", "img-from-managed", 151, 157, 2)]
    public void ASetIsMadeOfACustomImageAndShown(string name, string image, int creation, int shown, int dataDisks)
    {
        using RecordedStory story = Open(name, out _);
        (string, object?)[] names = [("g", Group), ("set", name), ("image", image), ("pool", PoolOf(name)), ("credential", new PSCredential("sdk-test-admin", new NetworkCredential(string.Empty, "testPassword0").SecurePassword))];
        story.GoTo(creation);

        Assert.Equal("ResourceNotFound,ImageCmdlets.Commands.GetImageScaleSetCommand", story.Fail("Get-ImageScaleSet -g $g -n $set", names));
        ArmResource[] made = story.Run(
            "Get-CustomImage -g $g -n $image | New-ImageScaleSet -g $g -Name $set -Credential $credential -Size Standard_DS1_v2 -LoadBalancerPoolId $pool",
            names);

        story.AssertAsked(creation, s_saidOtherwise);
        story.AssertAskedNoMore(creation, [.. s_saidBesides, .. Enumerable.Range(0, dataDisks).Select(disk => $"properties.virtualMachineProfile.storageProfile.dataDisks[{disk}].deleteOption")]);
        Assert.Empty(Assert.IsType<ImageScaleSet>(Assert.Single(made)).Instance!);
        story.AssertShown(shown, story.Run("Get-ImageScaleSet -g $g -n $set", names));
        story.AssertShown(shown, story.Run("Get-CustomImage -g $g -n $image | Out-Null; Get-ImageScaleSet -Id $id", [.. names, ("id", made[0].Id)]));
        story.AssertAllRecorded();
    }

    [Fact]
    public void WhoRunsAnImageIsToldOfTheRecordedMachinesAndSets()
    {
        using RecordedStory story = Open("vmss1", out Recording recording);
        story.GoTo(recording.Exchanges.Count - 1);
        string[] machines = ["fromimage1", "fromimage2", "vm3"];
        story.Expect("/providers/microsoft.compute/virtualmachines", "No client asked for the list of machines; these are the machines of it that are shown one by one.",
            ListOf(machines.Select(name => Last(recording, ResourceTypes.VirtualMachine, name))));
        story.Expect("/providers/microsoft.compute/virtualmachinescalesets", "Nor for that of sets; these are those that the deployments show.", ListOf(DeployedScaleSets.In(recording)));
        story.Expect("/providers/microsoft.compute/galleries", "This module looks for versions that were made of an image; there is no gallery in this recording.", """{"value":[]}""");

        const string Usage = "$image = Get-CustomImage -g $g -n $name; $image | Get-ImageUsage -Live -SubscriptionId $image.SubscriptionId | ForEach-Object { \"$($_.Kind) $($_.Name) $($_.ImageId -eq $image.Id) $($_.FollowsLatest)\" }";
        Assert.Equal(["ScaleSet vmss1 True False", "VM fromimage1 True False"], story.Texts(Usage, ("g", Group), ("name", "img-from-unmanaged")).Order(StringComparer.Ordinal));
        Assert.Equal(["ScaleSet vmss2 True False", "VM fromimage2 True False", "VM vm3 True False"], story.Texts(Usage, ("g", Group), ("name", "img-from-managed")).Order(StringComparer.Ordinal));
        story.AssertAllRecorded();
    }

    // No answer is not the answer that nobody uses it.
    [Fact]
    public void WithoutAnyListNobodyIsSaidToRunNothing()
    {
        using RecordedStory story = Open("vmss1", out Recording recording);
        story.GoTo(recording.Exchanges.Count - 1);

        string[] told = story.Texts(
            "$image = Get-CustomImage -g $g -n img-from-managed; $image | Get-ImageUsage -Live -SubscriptionId $image.SubscriptionId -ErrorAction SilentlyContinue -ErrorVariable failures; $failures | ForEach-Object FullyQualifiedErrorId",
            ("g", Group));

        Assert.Equal(3, told.Length);
        Assert.All(told, id => Assert.EndsWith(",ImageCmdlets.Commands.GetImageUsageCommand", id, StringComparison.Ordinal));
    }

    private static RecordedStory Open(string name, out Recording recording)
    {
        recording = DeployedScaleSets.Unfold(RecordingLibrary.Require("test_vm_custom_image"));
        var story = new RecordedStory(recording);
        story.Expect("/providers/microsoft.compute/skus", "az leaves it to Azure whether the region has the size; this is the one that az took.",
            """{"value":[{"resourceType":"virtualMachines","name":"Standard_DS1_v2","family":"standardDSv2Family","locations":["westus"],"capabilities":[{"name":"vCPUs","value":"1"},{"name":"HyperVGenerations","value":"V1,V2"}]}]}""");
        story.Expect("/usages", "az leaves it to Azure whether the quota is enough; Azure found it enough.", """{"value":[]}""");
        story.Expect("/providers/microsoft.authorization/permissions", "az leaves it to Azure whether the account may make a set; it was allowed to.", """{"value":[{"actions":["*"],"notActions":[]}]}""");
        story.Expect($"/loadbalancers/{name}lb", "az made it by the same template, and Azure shows it in the sets alone; this module takes one that is there.",
            new JsonObject { ["name"] = name + "LB", ["location"] = "westus", ["properties"] = new JsonObject { ["backendAddressPools"] = new JsonArray(new JsonObject { ["id"] = PoolOf(name) }) } }.ToJsonString());
        story.Expect($"/{name}/virtualmachines", "Nobody asked for the instances of a set: an empty list says nothing of any.", """{"value":[]}""");
        return story;
    }

    private static string PoolOf(string name) =>
        ResourceId.Of("00000000-0000-0000-0000-000000000000", Group, ResourceTypes.LoadBalancer, name + "LB").Text + $"/backendAddressPools/{name}LBBEPool";

    private static RecordedExchange Last(Recording recording, string type, string name) => recording.Exchanges.Last(exchange =>
        exchange is { Method: "GET", Status: 200 } && ResourceId.TryParse(exchange.Uri.AbsolutePath) is { } id && id.Is(type) && id.Name == name);

    private static string ListOf(IEnumerable<RecordedExchange> shown) => new JsonObject { ["value"] = new JsonArray([.. shown.Select(exchange => JsonNode.Parse(exchange.Body))]) }.ToJsonString();
}
