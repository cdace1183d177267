using ImageCmdlets.Engine.Diagnosis;

namespace ImageCmdlets.Engine.Tests.Diagnosis;

/// <summary>What holds for every log, whatever is in it. A seed that fails fails again.</summary>
public sealed class SysprepLogPropertyTests
{
    private const int Cases = 3000;

    private static readonly Lazy<(GeneratedLog Log, IReadOnlyList<SysprepRun> Runs)[]> s_read = new(() =>
        [.. Enumerable.Range(0, Cases).Select(seed => new GeneratedLog(seed)).Select(log => (log, SysprepLogText.ReadBytes(log.Bytes)))]);

    [Fact]
    public void NoiseIsNeverTheCause() => Check((log, runs) =>
        runs.SelectMany(run => run.Finding).All(finding => !finding.RuleId.StartsWith("Noise.", StringComparison.Ordinal) && !RuleCatalog.IsNoise(finding.Evidence ?? string.Empty))
            ? null
            : "names noise");

    // Cut to less than a whole entry, a line of noise cannot be told from others; a cause that was cut is unknown, and says so.
    [Fact]
    public void ThePlantedCauseOfTheLastRunIsFoundWhereItsLineIsWhole() => Check((log, runs) =>
        !log.IsLastRunWhole || (runs.Count > 0 && runs[^1].RootCause?.RuleId == log.PlantedRule) ? null
            : $"found {runs.LastOrDefault()?.RootCause?.RuleId ?? "nothing"} instead of {log.PlantedRule ?? "nothing"}");

    [Fact]
    public void AnOldRunIsNeverJudged() => Check((log, runs) =>
        !log.IsLastRunWhole || runs[^1].Finding.All(finding => finding.RuleId == log.PlantedRule || !log.OldRules.Contains(finding.RuleId)) ? null
            : "names the cause of an old run");

    [Fact]
    public void ARunThatWentWellIsSaidToHaveGoneWell() => Check((log, runs) =>
        !log.IsLastRunWhole || (log.PlantedRule is null) == (runs[^1].Outcome == SysprepOutcome.Succeeded) ? null
            : $"says {runs[^1].Outcome}");

    [Fact]
    public void NumbersGoUpAndCountsAgree() => Check((_, runs) =>
        runs.Select((run, index) => run.Number == index + 1 && run.ErrorCount >= run.Error.Count && (run.RootCause is null || ReferenceEquals(run.Finding[0], run.RootCause))).All(isRight => isRight)
            ? null
            : "numbers or counts are wrong");

    [Fact]
    public void BytesThatAreNoLogAtAllDoNotThrow()
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            var random = new Random(seed);
            byte[] bytes = new byte[random.Next(4000)];
            random.NextBytes(bytes);

            Assert.All(SysprepLogText.ReadBytes(bytes), run => Assert.Null(run.RootCause));
        }
    }

    [Fact]
    public void ALogWithItsBytesShuffledDoesNotThrow()
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            byte[] bytes = [.. s_read.Value[seed].Log.Bytes];
            var random = new Random(seed);
            for (int i = 0; i < bytes.Length / 20; i++)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);

            Assert.All(SysprepLogText.ReadBytes(bytes), run => Assert.True(run.Number > 0));
        }
    }

    private static void Check(Func<GeneratedLog, IReadOnlyList<SysprepRun>, string?> fault)
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            string? found = fault(s_read.Value[seed].Log, s_read.Value[seed].Runs);
            Assert.True(found is null, $"Seed {seed}: {found}");
        }
    }
}
