using ImageCmdlets.Engine.Diagnosis;

namespace ImageCmdlets.Engine.Tests.Diagnosis;

/// <summary>What a log of any size takes of memory. Alone: what tests beside it hold would count too.</summary>
[Collection(AloneCollection.Name)]
public sealed class HugeLogTests
{
    [Fact]
    public void AHugeLogIsNotHeld()
    {
        using var stream = new RepeatingStream(SysprepLogText.Line("10:00:00", "Info", new string('x', 200)) + "\r\n", 400_000);
        long before = GC.GetTotalAllocatedBytes();
        long held = GC.GetTotalMemory(forceFullCollection: true);

        IReadOnlyList<SysprepRun> runs = DiagnosisService.ReadSysprepLog(stream, "setupact.log", TestContext.Current.CancellationToken);

        Assert.Equal(SysprepOutcome.Incomplete, Assert.Single(runs).Outcome);
        Assert.True(stream.Length > 90_000_000, $"{stream.Length}");
        Assert.True(GC.GetTotalAllocatedBytes() > before);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - held, long.MinValue, 20_000_000);
    }
}
