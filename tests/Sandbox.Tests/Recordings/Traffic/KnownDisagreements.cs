namespace ImageCmdlets.Sandbox.Tests.Recordings.Traffic;

/// <summary>
/// Every point in which the sandbox knowingly answers otherwise than a recording. An entry that no longer occurs fails the
/// test as one that is not listed does.
/// </summary>
internal static class KnownDisagreements
{
    public static IReadOnlyList<KnownDisagreement> All { get; } =
    [
    ];
}
