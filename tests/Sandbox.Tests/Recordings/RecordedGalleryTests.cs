using System.Text.RegularExpressions;
using ImageCmdlets.Engine.Tests.Recordings;

namespace ImageCmdlets.Sandbox.Tests.Recordings;

/// <summary>What Azure answered about galleries, definitions and versions, the sandbox answers member for member.</summary>
[Trait("Category", "Recordings")]
public sealed partial class RecordedGalleryTests
{
    // The service told the types of galleries and definitions from the summer of 2018 on: these answers are older.
    private const string Untyped = "members type,location,id,name,properties for location,id,name,properties";

    private const string SameSecond = "dated to the second of the poll that saw the end before it, and sorted before that poll";

    private static readonly Dictionary<int, string> s_none = [];

    [Theory]
    [InlineData("test_gallery_e2e", "eastus2", 32)]
    [InlineData("test_image_update_add_set", "westus", 20)]
    [InlineData("test_shared_gallery", "westus", 29)]
    public void Versions_of_an_image_are_answered_as_Azure_did(string title, string region, int least)
    {
        Recording recording = RecordingLibrary.Require(title);
        var gallery = new RecordedGallery(recording);
        using RecordedSession session = gallery.Open(s_none);
        string group = Group().Match(recording.Exchanges.First(static e => Paths().IsMatch(e.Uri.AbsolutePath)).Uri.AbsolutePath).Groups[1].Value;
        RecordedGallery.PlantImage(session, group, "managedImage1", region, data: true);
        RecordedGallery.PlantEncryptionSet(session, group, "des1-000005", region);
        Check(session, recording, Paths(), least);
    }

    [Fact]
    public void A_version_in_2020_is_answered_as_Azure_did()
    {
        Recording recording = RecordingLibrary.Require("test_sig_image_version_cross_tenant");
        var gallery = new RecordedGallery(recording);
        using RecordedSession session = gallery.Open(s_none);
        RecordedGallery.PlantImage(session, "cli_test_image_version_000002", "cli_test_image_version_000004", "westus2", data: false);
        Check(session, recording, Paths(), 9);
    }

    [Fact]
    public void A_version_of_snapshots_and_a_blob_is_answered_as_Azure_did()
    {
        Recording recording = RecordingLibrary.Require("test_gallery_image_version_vhd");
        using RecordedSession session = new RecordedGallery(recording).Open(s_none);
        Check(session, recording, new Regex("/providers/Microsoft.Compute/(galleries|disks|snapshots)/", RegexOptions.IgnoreCase), 25);
    }

    [Fact]
    public void Soft_deletion_and_restoration_are_answered_as_Azure_did()
    {
        Recording recording = RecordingLibrary.Require("test_gallery_soft_delete");
        var gallery = new RecordedGallery(recording);
        using RecordedSession session = gallery.Open(s_none);
        gallery.PlantMachine(session, "vm1", "westus");
        Check(session, recording, Paths(), 32);
    }

    [Fact]
    public void Galleries_of_2018_are_answered_as_Azure_did()
    {
        Recording recording = RecordingLibrary.Require("GalleryTests__Gallery_CRUD_Tests");
        using RecordedSession session = new RecordedGallery(recording).Open(new Dictionary<int, string>
        {
            [14] = "lists galleries of other runs in that subscription",
        });
        Check(session, recording, Paths(), 18, Untyped);
    }

    [Fact]
    public void Definitions_of_2018_are_answered_as_Azure_did()
    {
        Recording recording = RecordingLibrary.Require("GalleryTests__GalleryImage_CRUD_Tests");
        using RecordedSession session = new RecordedGallery(recording).Open(new Dictionary<int, string>
        {
            [8] = "dated to the second of the update that came after it, and sorted behind that update",
        });
        Check(session, recording, Paths(), 16, Untyped);
    }

    [Fact]
    public void Versions_of_2018_are_answered_as_Azure_did()
    {
        Recording recording = RecordingLibrary.Require("GalleryTests__GalleryImageVersion_CRUD_Tests");
        var gallery = new RecordedGallery(recording);
        using RecordedSession session = gallery.Open(new Dictionary<int, string> { [66] = SameSecond, [67] = SameSecond, [72] = SameSecond });
        gallery.PlantBlobImage(session, "psTestSourceImage5869", "eastus2");
        Check(session, recording, Paths(), 23);
    }

    private static void Check(RecordedSession session, Recording recording, Regex paths, int least, string? known = null)
    {
        session.Play(recording, paths);
        string[] unknown = [.. session.Differences.Where(difference => known is null || !difference.EndsWith(known, StringComparison.Ordinal))];
        Assert.True(unknown.Length == 0, string.Join(Environment.NewLine, unknown));
        Assert.True(known is null || session.Differences.Count > 0, $"nothing differs in this way any more: {known}");
        Assert.True(session.Played >= least, $"only {session.Played} exchanges were played");
    }

    [GeneratedRegex("/providers/Microsoft.Compute/(locations/[^/]+/shared)?galleries", RegexOptions.IgnoreCase)]
    private static partial Regex Paths();

    [GeneratedRegex("/resourceGroups/([^/]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Group();
}
