using System.Text.RegularExpressions;
using ImageCmdlets.Engine.Diagnosis;

namespace ImageCmdlets.Engine.Tests.Diagnosis;

public sealed class RuleCatalogTests
{
    // What peers' users, Microsoft's pages and the sandbox name; readiness checks and help refer to these ids.
    private static readonly string[] s_promised =
    [
        "Windows.AppxPackage", "Windows.BitLocker", "Windows.ReservedStorage", "Windows.ServicingBusy", "Windows.InvalidState", "Windows.DefenderOnboarded",
        "Windows.DscConfiguration", "Windows.BootConfiguration", "Windows.UpgradeRemains", "Windows.EventLogPath", "Windows.SysprepUnfinished",
        "Windows.PendingReboot", "Windows.RearmExhausted", "Windows.Msdtc", "Windows.SysprepHalted",
        "Noise.MalwareRemovalTool", "Noise.DeviceList", "Noise.CompatibilityTrigger", "Noise.FirmwareBootEntry",
    ];

    private static readonly RuleKind[] s_complaints = [RuleKind.Cause, RuleKind.Consequence];

    [Fact]
    public void WhatIsPromisedIsThere() => Assert.All(s_promised, id => Assert.NotNull(RuleCatalog.FindById(id)));

    [Fact]
    public void EveryRuleSaysWhatWhyAndWhatToDo() => Assert.All(RuleCatalog.All, rule =>
    {
        Assert.Matches("^(Windows|Noise|Linux|Azure|Module)\\.[A-Z][A-Za-z0-9]+$", rule.Id);
        Assert.EndsWith(".", rule.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", rule.Cause, StringComparison.Ordinal);
        Assert.EndsWith(".", rule.Fix, StringComparison.Ordinal);
        Assert.NotEqual(rule.Message, rule.Cause);
        if (rule.Reference is not null || !rule.Id.StartsWith("Module.", StringComparison.Ordinal))
            Assert.StartsWith("https://", rule.Reference, StringComparison.Ordinal);
    });

    [Fact]
    public void WhatTheAuditOfALinuxRootNamesIsExplained()
    {
        using Stream stream = typeof(RuleCatalog).Assembly.GetManifestResourceStream("ImageCmdlets.Engine.Generalization.Scripts.linux-residue.sh")!;
        using var reader = new StreamReader(stream);
        string[] named = [.. Regex.Matches(reader.ReadToEnd(), "\\b([A-Z][A-Za-z]+) (Error|Warning|Information) ").Select(match => match.Groups[1].Value).Distinct()];

        Assert.Contains("MachineId", named);
        Assert.All(named.Where(name => name != "SEVERITY"), name => Assert.NotNull(RuleCatalog.FindById("Linux." + name)));
    }

    [Fact]
    public void EveryIdIsThereOnce() =>
        Assert.Empty(RuleCatalog.All.GroupBy(rule => rule.Id, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key));

    [Fact]
    public void EveryCodeAndEveryErrorIdBelongsToOneRule()
    {
        string[] keys = [.. RuleCatalog.All.SelectMany(rule => rule.Code), .. RuleCatalog.All.SelectMany(rule => rule.ErrorId)];

        Assert.Empty(RuleCatalog.All.SelectMany(rule => rule.Code).GroupBy(key => key, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key));
        Assert.Empty(RuleCatalog.All.SelectMany(rule => rule.ErrorId).GroupBy(key => key, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key));
        Assert.All(keys, key => Assert.Matches("^(0x[0-9A-Fa-f]+|[A-Z][A-Za-z0-9]+)$", key));
    }

    [Fact]
    public void EveryRuleWithPatternsShowsWhatItIsForAndIsTheFirstToKnowIt() =>
        Assert.All(RuleCatalog.All.Where(rule => rule.Pattern.Count > 0), rule =>
        {
            Assert.NotEmpty(rule.Example);
            Assert.All(rule.Example, example => Assert.Equal(rule.Id, RuleCatalog.FindByText(FamilyOf(rule), example)?.Rule.Id));
            Assert.All(rule.Pattern, pattern => Assert.Contains(rule.Example, example => Regex.IsMatch(example, pattern, RegexOptions.IgnoreCase)));
        });

    [Fact]
    public void WhatIsInPlaceholdersIsFilledFromTheExamples() =>
        Assert.All(RuleCatalog.All.Where(rule => rule.Example.Count > 0), rule =>
        {
            ImageFinding finding = RuleCatalog.FindByText(FamilyOf(rule), rule.Example[0])!.Find(rule.Example[0], "target");

            Assert.DoesNotContain("<", finding.Message, StringComparison.Ordinal);
            Assert.Equal((rule.Id, rule.Severity, rule.Example[0], "target"), (finding.RuleId, finding.Severity, finding.Evidence, finding.Target));
        });

    [Fact]
    public void NoiseIsNoCauseAndNoCauseIsNoise()
    {
        Assert.All(RuleCatalog.Noise, rule => Assert.Equal(RuleKind.Noise, rule.Kind));
        Assert.All(RuleCatalog.Noise.SelectMany(rule => rule.Example), example => Assert.Null(RuleCatalog.FindByText(RuleCatalog.Windows, example)));
        Assert.All(
            RuleCatalog.All.Where(rule => s_complaints.Contains(rule.Kind)).SelectMany(rule => rule.Example),
            example => Assert.False(RuleCatalog.IsNoise(example), example));
    }

    // Patterns without lookarounds and backreferences run in linear time in this engine; that it takes them proves there are none.
    [Fact]
    public void NoPatternCanRunAway() => Assert.All(
        RuleCatalog.All.SelectMany(rule => rule.Pattern), pattern => _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase));

    [Theory]
    [InlineData('a')]
    [InlineData('0')]
    [InlineData(' ')]
    [InlineData('\'')]
    [InlineData('.')]
    public void ATextThatWasMadeToBeSlowFitsNothing(char letter)
    {
        string text = "Package " + new string(letter, 200_000) + "executing '" + new string(letter, 200_000) + "!";

        Assert.All(RuleCatalog.All, rule => Assert.Null(rule.Match(text)));
    }

    [Fact]
    public void APackageInTheFixCannotBeMoreThanAName()
    {
        RuleMatch? match = RuleCatalog.FindByText(
            RuleCatalog.Windows, "Package x';Remove-Item was installed for a user, but not provisioned for all users.");

        Assert.Null(match);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("MRTGeneralize:45", true)]
    [InlineData("mrtgeneralize:98 - ERR", true)]
    [InlineData("BCD: BiUpd", true)]
    [InlineData("MRTSpecialize", false)]
    [InlineData("Package Microsoft", false)]
    public void NoiseThatWasCutIsKnownByItsBeginning(string text, bool expected) => Assert.Equal(expected, RuleCatalog.IsBeginningOfNoise(text));

    private static IReadOnlyList<DiagnosisRule> FamilyOf(DiagnosisRule rule) => rule.Id.Split('.')[0] switch
    {
        "Windows" => RuleCatalog.Windows,
        "Noise" => RuleCatalog.Noise,
        "Linux" => RuleCatalog.Linux,
        "Azure" => RuleCatalog.Azure,
        _ => RuleCatalog.Module,
    };
}
