namespace ImageCmdlets.Sandbox.Tests.Recordings.Traffic;

/// <summary>
/// Every point in which the sandbox knowingly answers otherwise than a recording. An entry that no longer occurs fails the
/// test as one that is not listed does.
/// </summary>
internal static class KnownDisagreements
{
    private const string Untyped = "recorded in May 2018; in September the same api-version told the types of galleries and definitions";

    public static IReadOnlyList<KnownDisagreement> All { get; } =
    [
        new("GalleryTests__Gallery_CRUD_Tests", "Galleries_*", "*type is too much", Untyped),
        new("GalleryTests__GalleryImage_CRUD_Tests", "Galler*", "*type is too much", Untyped),
    ];
}
