using ImageCmdlets.Tests.Specification;

namespace ImageCmdlets.Specification.Tests.Recordings;

/// <summary>The judge itself is judged by what Azure really said.</summary>
[Trait("Category", "Specification")]
public class RecordedTrafficTests
{
    // What versions that are older than the oldest document still had, or not yet.
    private static readonly KnownDifference[] s_outdated =
    [
        Outdated("Snapshots_", "/properties/encryptionSettings", "unknown", "DiskRPTests__TestSnapshot"),
        Outdated("Snapshots_", "/properties/isArmResource", "unknown", "DiskRPTests__TestSnapshot"),
        Outdated("Snapshots_", "/properties/faultDomain", "unknown", "DiskRPTests__TestSnapshot"),
        Outdated("GalleryImageVersions_", "/properties/publishingProfile/source", "unknown", "GalleryTests__GalleryImageVersion_CRUD_Tests"),
        Outdated("GalleryImageVersions_", "/properties", "required", "GalleryTests__GalleryImageVersion_CRUD_Tests"),
        Outdated("Providers_Get", "/authorization", "unknown", "VirtualMachineTests__TestVirtualMachinePlan"),
        Outdated("Permissions_ListForResourceGroup", "/nextLink", "null", "VirtualMachineTests__TestVirtualMachineListWithPaging"),
    ];

    public static IEnumerable<TheoryDataRow<string>> Recordings => RecordingRows.All;

    public static IEnumerable<TheoryDataRow<KnownDifference>> Differences => KnownDifferences.Recorded.Select(static one => new TheoryDataRow<KnownDifference>(one));

    [Theory]
    [MemberData(nameof(Differences))]
    public void A_difference_is_excused_only_where_its_recording_shows_it(KnownDifference difference)
    {
        Assert.SkipWhen(SpecificationLibrary.Shared is null, SpecificationFolder.WhyNot);
        string recording = RecordingLibrary.Require(difference.Recording).Name;
        Assert.Contains(RecordedTraffic.Judge(recording), difference.Covers);
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public void What_Azure_said_obeys_the_judge_but_for_the_known_differences(string recording)
    {
        Assert.SkipWhen(SpecificationLibrary.Shared is null, SpecificationFolder.WhyNot);
        IEnumerable<string> unknown = RecordedTraffic.Judge(recording)
            .Where(static violation => violation.Part.StartsWith("answer", StringComparison.Ordinal))
            .Where(static violation => !KnownDifferences.All.Concat(s_outdated).Any(known => known.Covers(violation)))
            .Select(static violation => violation.ToString());
        Assert.Empty(unknown);
    }

    private static KnownDifference Outdated(string operations, string pointer, string rule, string recording) =>
        new(operations, "answer", pointer, rule, recording, "an older version");
}
