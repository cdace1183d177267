using System.Text.Json.Nodes;

namespace ImageCmdlets.Recordings.Tests;

/// <summary>Recorded sessions about galleries, step by step: each object is what Azure showed then, property by property. Numbers are places in the recording.</summary>
/// <remarks>Machines of these sessions were made by a template deployment, which this module has no cmdlet for; the time is moved past it. Machines read then are recorded.</remarks>
[Trait("Category", "Recordings")]
public sealed class GalleryStoryTests
{
    private const string Definition = "New-ImageDefinition -g $g -GalleryName $gallery -Name $image -OSType Linux -Publisher publisher1 -Offer offer1 -Sku sku1 -HyperVGeneration V1";
    private const string Versions = "Get-ImageVersion -g $g -GalleryName $gallery -DefinitionName $image";
    private const string OfImage = "Get-CustomImage -g $g -n managedImage1 | New-ImageVersion -g $g -GalleryName $gallery -DefinitionName $image -Version ";

    [Fact]
    public void AGalleryFromMakingToRemoval()
    {
        using var story = new RecordedStory("test_gallery_e2e");
        (string, object?)[] names = Names("clitest.rg000001", "gallery_000003", "image1");
        story.AssertShown(3, story.Run("New-ImageGallery -g $g -Name $gallery -l eastus2", names));
        story.AssertAsked(1);
        story.AssertShown(4, story.Run("Get-ImageGallery -g $g", names));
        story.AssertShown(5, story.Run("Get-ImageGallery -g $g -n $gallery", names));
        story.AssertShown(9, story.Run(Definition, names));
        story.AssertAsked(7);
        story.AssertShown(10, story.Run("Get-ImageDefinition -g $g -GalleryName $gallery", names));
        story.AssertShown(11, story.Run("Get-ImageDefinition -g $g -GalleryName $gallery -n $image", names));
        MakeImage(story, names, creation: 39);
        story.AssertShown(53, story.Run(OfImage + "1.1.2 -TargetRegion eastus2 -ReplicaCount 1", names));
        story.AssertAsked(44);
        story.AssertShown(54, story.Run(Versions, names));
        story.AssertShown(55, story.Run(Versions + " -n 1.1.2", names));

        Assert.Equal(["westus2=1", "eastus2=2"], Regions(story.Run("Set-ImageReplication -g $g -GalleryName $gallery -DefinitionName $image -n 1.1.2 -AddRegion westus2=1 -ReplicaCount 2", names)));
        Assert.Equal(["eastus2=2", "westus2=1"], story.Sent(57)["properties"]!["publishingProfile"]!["targetRegions"]!.AsArray().Select(AskedRegion));
        story.AssertShown(66, story.Run(Versions + " -n 1.1.2", names));

        story.GoTo(82);
        string keys = story.Sent(44)["properties"]!["storageProfile"]!["source"]!["id"]!.GetValue<string>().Replace("images/managedImage1", "diskEncryptionSets/des1-000005", StringComparison.Ordinal);
        story.AssertShown(92, story.Run(OfImage + "1.1.3 -TargetRegion @{ Location = 'eastus2'; ReplicaCount = 1; DiskEncryptionSetId = $keys }", [.. names, ("keys", keys)]));
        story.AssertAsked(82);
        story.AssertShown(95, story.Run(Versions, names));
        RemoveAll(story, names);
    }

    [Fact]
    public void ARegionIsAddedToAVersionAndTheRestStays()
    {
        using var story = new RecordedStory("test_image_update_add_set");
        (string, object?)[] names = Names("cli_test_image_update_add_set_000001", "gallery_000002", "image1");
        story.AssertShown(3, story.Run("New-ImageGallery -g $g -Name $gallery -l westus", names));
        story.AssertAsked(1);
        story.AssertShown(7, story.Run(Definition, names));
        story.AssertAsked(5);
        story.AssertShown(40, MakeImage(story, names, creation: 37));
        story.AssertShown(51, story.Run(OfImage + "1.1.2 -TargetRegion westus", names));
        story.AssertAsked(42);
        story.AssertShown(52, story.Run(Versions + " -n 1.1.2", names));

        Assert.Equal(["westus=1", "westcentralus=3"], Regions(story.Run(
            "Set-ImageReplication -g $g -GalleryName $gallery -DefinitionName $image -n 1.1.2 -AddRegion @{ Location = 'westcentralus'; ReplicaCount = 3; ExcludeFromLatest = $true }", names)));
        story.AssertAsked(53, "location", "properties.storageProfile", "properties.safetyProfile");
        story.AssertShown(62, story.Run(Versions + " -n 1.1.2", names));

        // The flag that lets Azure give up regions is set and taken back here; this module sends it with the change that needs it.
        story.GoTo(65);
        story.AssertShown(69, story.Run(Versions + " -n 1.1.2", names));
        story.GoTo(72);
        story.AssertShown(76, story.Run(Versions + " -n 1.1.2", names));
        story.AssertAllRecorded();
    }

    [Fact]
    public void ADeletedVersionIsBroughtBackAsLongAsTheGalleryKeepsIt()
    {
        using var story = new RecordedStory("test_gallery_soft_delete");
        (string, object?)[] names = Names("cli_test_gallery_soft_delete_000001", "sig_000002", "img_000003");
        story.AssertShown(3, story.Run("New-ImageGallery -g $g -Name $gallery -l westus -SoftDelete", names));
        story.AssertAsked(1);
        story.AssertShown(4, story.Run("Get-ImageGallery -g $g -n $gallery", names));
        story.AssertShown(8, story.Run(Definition + " -OSState Specialized", names));
        story.AssertAsked(6);
        story.GoTo(33);
        story.AssertShown(43, story.Run("Get-ImageVM -g $g -n vm1 | New-ImageVersion -g $g -GalleryName $gallery -DefinitionName $image -Version 1.1.1", names));
        story.AssertAsked(33);

        const string Remove = "Remove-ImageVersion -g $g -GalleryName $gallery -DefinitionName $image -n 1.1.1", Restore = "Restore-ImageVersion -g $g -GalleryName $gallery -DefinitionName $image -n 1.1.1";
        Assert.Empty(story.Run(Remove, names));
        ExpectKept(story, """{"value":[{"name":"1.1.1","location":"westus"}]}""");
        story.AssertShown(56, story.Run(Restore, names));
        story.AssertAsked(51);

        Assert.Empty(story.Run(Remove, names));
        story.AssertShown(65, story.Run("Set-ImageGallery -g $g -n $gallery -SoftDelete:$false", names));
        story.AssertAsked(63, "location");
        story.GoTo(68);
        story.AssertShown(69, story.Run("Get-ImageGallery -g $g -n $gallery", names));
        ExpectKept(story, """{"value":[]}""");
        Assert.Equal("ImageNotFound,ImageCmdlets.Commands.RestoreImageVersionCommand", story.Fail(Restore, names));

        Assert.Empty(story.Run("Remove-ImageDefinition -g $g -GalleryName $gallery -n $image; Remove-ImageGallery -g $g -n $gallery", names));
        story.AssertAllRecorded();
    }

    [Fact]
    public void AGalleryIsSharedAndNoLonger()
    {
        using var story = new RecordedStory("test_shared_gallery");
        (string, object?)[] names = Names("clitest.rg000001", "gellery000002", "image1");

        story.AssertShown(3, story.Run("New-ImageGallery -g $g -Name $gallery -l westus -Permission Groups", names));
        story.AssertAsked(1);
        story.AssertShown(7, story.Run(Definition, names));
        story.AssertAsked(5);
        MakeImage(story, names, creation: 42);
        story.AssertShown(57, story.Run(OfImage + "1.1.2 -TargetRegion westus", names));
        story.AssertAsked(47);

        story.AssertShown(58, story.Run("Get-ImageGallery -g $g -n $gallery", names));

        story.Expect("/providers/microsoft.authorization/roleassignments", "This module shows roles beside sharing; nobody was given any.", """{"value":[]}""");
        const string Gallery = "$shared = Get-ImageGallery -g $g -n $gallery; ", Access = "; $shared | Get-ImageAccess | ForEach-Object Principal";
        string[] twoAndATenant = story.Texts(
            Gallery + "$null = $shared | Grant-ImageAccess -SharedSubscriptionId 0b1f6471-1bf0-4dda-aec3-cb9272f09590, 34a4ab42-0d72-47d9-bd1a-aed207386dac -SharedTenantId 2f4a9838-26b7-47ee-be60-ccc1fdec5953" + Access, names);
        Assert.Equal(["0b1f6471-1bf0-4dda-aec3-cb9272f09590", "34a4ab42-0d72-47d9-bd1a-aed207386dac", "2f4a9838-26b7-47ee-be60-ccc1fdec5953"], twoAndATenant);
        story.AssertAsked(59);
        story.AssertShown(64, story.Run("Get-ImageGallery -g $g -n $gallery", names));

        string[] one = story.Texts(
            Gallery + "$shared | Revoke-ImageAccess -SharedSubscriptionId 34a4ab42-0d72-47d9-bd1a-aed207386dac -SharedTenantId 2f4a9838-26b7-47ee-be60-ccc1fdec5953" + Access, names);
        Assert.Equal(["0b1f6471-1bf0-4dda-aec3-cb9272f09590"], one);
        story.AssertAsked(65);
        story.AssertShown(70, story.Run("Get-ImageGallery -g $g -n $gallery", names));

        // What others see of it (71 to 76) this module has no cmdlet for.
        Assert.Empty(story.Texts(Gallery + "$shared | Revoke-ImageAccess -All" + Access, names));
        story.AssertAsked(77);
        story.AssertShown(82, story.Run("Get-ImageGallery -g $g -n $gallery", names));
        story.AssertAllRecorded();
    }

    // The recorded client made a version of a Windows image in a definition for Linux, which Azure took then.
    [Fact]
    public void AVersionOf2018IsShownWithItsRegionsAndGetsAnotherEndOfLife()
    {
        using var story = new RecordedStory("GalleryTests__GalleryImageVersion_CRUD_Tests");
        (string, object?)[] names = Names("galleryPsTestRg6592", "galleryPsTestGallery9651", "galleryPsTestGalleryImage5603");
        story.Handler.Change = WithoutFormerSource;
        story.GoTo(29);
        story.AssertShown(31, story.Run(
            "New-CustomImage -g $g -Name psTestSourceImage5869 -Source https://saforgallery810.blob.core.windows.net/crptestar4655/oscrptestar3820.vhd -OSType Windows -ZoneResilient -Tag @{ RG = 'rg'; testTag = '1' }", names));
        story.AssertAsked(29);
        story.ExpectLookForCreation(29);
        story.AssertShown(35, story.Run("New-ImageGallery -g $g -Name $gallery -Description 'This is a sample gallery description'", names));
        story.AssertAsked(33);
        story.AssertShown(38, story.Run(Definition.Replace("publisher1", "testPub", StringComparison.Ordinal).Replace("offer1", "testOffer", StringComparison.Ordinal).Replace("sku1", "testSku", StringComparison.Ordinal)
            + " -Description 'This is the gallery image description.'", names));
        story.AssertAsked(36);
        Assert.Equal("OSTypeMismatch,ImageCmdlets.Commands.NewImageVersionCommand", story.Fail(OfImage.Replace("managedImage1", "psTestSourceImage5869", StringComparison.Ordinal) + "1.0.0", names));

        story.GoTo(40);
        story.AssertShown(62, story.Run(Versions + " -n 1.0.0 -IncludeReplication", names));
        RegionReplication there = Assert.IsType<RegionReplication>(Assert.Single(story.Run("Get-ImageReplication -g $g -GalleryName $gallery -DefinitionName $image -n 1.0.0", names)));
        Assert.Equal(("eastus2euap", "Completed", 100, 1), (there.Region, there.State, there.Progress, there.ReplicaCount));
        story.AssertShown(66, story.Run("Set-ImageVersion -g $g -GalleryName $gallery -DefinitionName $image -n 1.0.0 -EndOfLife 2018-12-27T08:00:00Z", names));
        story.AssertAsked(63, "location", "properties.publishingProfile.source");
        story.AssertShown(69, story.Run(Versions, names));

        story.Run("Remove-ImageVersion -g $g -GalleryName $gallery -DefinitionName $image -n 1.0.0", names);
        story.AssertShown(72, story.Run(Versions, names));
        Assert.Empty(story.Run("Remove-CustomImage -g $g -n psTestSourceImage5869; Remove-ImageVM -g $g -n vm7544 -Force; Remove-ImageDefinition -g $g -GalleryName $gallery -n $image; Remove-ImageGallery -g $g -n $gallery", names));
        story.AssertAllRecorded();
    }

    // 2018-06-01 alone tells the source in the publishing profile, which this module sends back as it got it.
    private static RecordedExchange WithoutFormerSource(RecordedExchange exchange)
    {
        JsonNode? body = exchange.Body.Length == 0 ? null : JsonNode.Parse(exchange.Body);
        return body?["properties"]?["publishingProfile"] is JsonObject publishing && publishing.Remove("source") ? exchange with { Body = body.ToJsonString() } : exchange;
    }

    private static ArmResource[] MakeImage(RecordedStory story, (string, object?)[] names, int creation)
    {
        story.GoTo(creation);
        ArmResource[] made = story.Run("Get-ImageVM -g $g -n vm1 | New-CustomImage -Name managedImage1", names);

        // Neither the machine nor, later, the image of it says its generation; azure-cli sends V1 then, this module leaves it to Azure.
        story.AssertAsked(creation, "properties.hyperVGeneration");
        story.ExpectLookForCreation(creation);
        return made;
    }

    private static void RemoveAll(RecordedStory story, (string, object?)[] names)
    {
        story.GoTo(105);
        Assert.Empty(story.Run("Remove-ImageVersion -g $g -GalleryName $gallery -DefinitionName $image -n 1.1.2, 1.1.3 -ThrottleLimit 1", names));
        Assert.Equal("ImageNotFound,ImageCmdlets.Commands.GetImageVersionCommand", story.Fail(Versions + " -n 1.1.3", names));
        Assert.Empty(story.Run("Remove-ImageDefinition -g $g -GalleryName $gallery -n $image", names));
        Assert.Empty(story.Run("Remove-ImageGallery -g $g -n $gallery", names));
        Assert.Equal("ResourceNotFound,ImageCmdlets.Commands.GetImageGalleryCommand", story.Fail("Get-ImageGallery -g $g -n $gallery", names));
        story.AssertAllRecorded();
    }

    private static void ExpectKept(RecordedStory story, string answer) => story.Expect("/softdeletedartifacttypes/images/artifacts/img_000003/versions",
        "This module looks whether the version is kept, and where it was; recorded clients knew it. The answer is what the recording has deleted and keeps.", answer);

    private static string AskedRegion(JsonNode? region) =>
        $"{region!["name"]!.GetValue<string>().Replace(" ", string.Empty, StringComparison.Ordinal).ToLowerInvariant()}={region["regionalReplicaCount"]}";

    private static (string, object?)[] Names(string group, string gallery, string image) => [("g", group), ("gallery", gallery), ("image", image)];

    private static IEnumerable<string> Regions(IEnumerable<ArmResource> replications) => replications.Cast<RegionReplication>().Select(region => $"{region.Region}={region.ReplicaCount}");
}
