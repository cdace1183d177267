using ImageCmdlets.Engine.Tests.Recordings;

namespace ImageCmdlets.Sandbox.Tests.Recordings.Traffic;

/// <summary>
/// Recordings whose requests were given newer api-versions by search and replace after they were made: their answers bear the
/// marks of an older version.
/// </summary>
internal static class EditedVersions
{
    // Session, provider, version that stands in the file, version that Azure answered. Microsoft.Network: 2018-07-01 in a file of
    // May 2018; public addresses without SKU, networks without enableDdosProtection, as before August 2017 only.
    // Microsoft.Compute: 2024-07-01 in answers dated 19 December 2023, to azure-mgmt-compute 30.4.0, whose machines speak 2023-09-01.
    private static readonly (string Session, string Provider, string Written, string Answered)[] s_edited =
    [
        ("VMScenarioTests__TestVMScenarioOperations_ManagedDisks", "Microsoft.Network", "2018-07-01", "2017-03-01"),
        ("ImageTests__TestImageOperations", "Microsoft.Network", "2018-07-01", "2017-03-01"),
        ("test_gallery_e2e", "Microsoft.Compute", "2024-07-01", "2023-09-01"),
    ];

    /// <summary>An address with the api-version that Azure answered.</summary>
    public static string Restore(string session, RecordedExchange exchange, string address)
    {
        foreach ((string name, string provider, string written, string answered) in s_edited)
        {
            if (name == session && exchange.Uri.AbsolutePath.Contains($"/{provider}/", StringComparison.Ordinal))
                address = address.Replace($"api-version={written}", $"api-version={answered}", StringComparison.Ordinal);
        }

        return address;
    }
}
