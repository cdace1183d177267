using System.Text.RegularExpressions;
using ImageCmdlets.Engine.Diagnosis;
using ImageCmdlets.Engine.Generalization;
using ImageCmdlets.Engine.Readiness;

namespace ImageCmdlets.Engine.Tests.Readiness;

/// <summary>Whatever a script or a check can find, the catalogue of rules explains.</summary>
public sealed partial class ReadinessCatalogTests
{
    private static readonly string[] s_azure =
    [
        "Azure.VMGeneralized", "Azure.VMNotRunning", "Azure.VMProvisioningFailed", "Azure.AgentNotReady", "Azure.GuestSilent", "Azure.ExtensionRemains",
        "Azure.ExtensionBreaksSysprep", "Azure.DiskEncryption", "Azure.GalleryOnly", "Azure.Generation", "Azure.MarketplacePlan", "Azure.EphemeralSource",
        "Azure.UnmanagedDisk", "Azure.UnsupportedDiskType", "Azure.DiskTooLarge", "Azure.Locked", "Azure.ScaleSetInstance",
    ];

    public static TheoryData<string> Scripts => ["windows-readiness.ps1", "linux-readiness.sh"];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void EveryRuleOfAScriptIsInTheCatalogue(string script)
    {
        string[] ids = [.. RuleId().Matches(GuestScript.Read("Readiness.Scripts." + script)).Select(match => match.Groups[1].Value).Distinct()];

        Assert.InRange(ids.Length, 15, 60);
        Assert.All(ids, id => AssertExplained(id));
    }

    [Fact]
    public void EveryRuleOfTheChecksFromOutsideIsInTheCatalogue() => Assert.All(s_azure, id => AssertExplained(id));

    [Theory]
    [MemberData(nameof(Scripts))]
    public void EveryCheckOfAScriptIsAKnownOneAndNoneIsMissing(string script)
    {
        bool isWindows = script.StartsWith("windows", StringComparison.Ordinal);
        IEnumerable<string> made = CheckName().Matches(GuestScript.Read("Readiness.Scripts." + script)).Select(match => match.Groups[1].Value);

        Assert.Equal(ReadinessChecks.Guest(isWindows).Select(check => check.ToString()).Order(), made.Order());
    }

    // What the evidence fills in stands in the message; nothing is left open.
    private static void AssertExplained(string id)
    {
        Assert.NotNull(RuleCatalog.FindById(id));
        string text = id == "Windows.AppxPackage" ? "Microsoft.Winget.Source_2025.210.1541.8_neutral__8wekyb3d8bbwe" : "evidence";
        ImageFinding finding = ReadinessCatalog.Find(new ReadinessEvidence(ReadinessCheckName.State, id, FindingSeverity.Warning, text), "target");
        Assert.DoesNotMatch("<[a-z]", finding.Message);
        Assert.False(string.IsNullOrEmpty(finding.Cause) || string.IsNullOrEmpty(finding.Fix) || string.IsNullOrEmpty(finding.Reference), id);
        Assert.Equal(("target", text, FindingSeverity.Warning), (finding.Target, finding.Evidence, finding.Severity));
    }

    [GeneratedRegex(@"(?<=[EWI]'? '?|severity ')((?:Windows|Linux)\.[A-Z]\w+)")]
    private static partial Regex RuleId();

    [GeneratedRegex(@"^(?:Test-That '|check )(\w+)", RegexOptions.Multiline)]
    private static partial Regex CheckName();
}
