using System.Management.Automation;
using ImageCmdlets.Shell.Hosting;

namespace ImageCmdlets.Shell.Tests.Hosting;

/// <summary>Progress is one line in a terminal, and few lines in a log.</summary>
public sealed class ProgressTests : IDisposable
{
    private const string Erase = "\r\u001b[K";

    private readonly StringWriter _written = new();
    private readonly ManualTime _time = new();

    /// <inheritdoc/>
    public void Dispose() => _written.Dispose();

    [Fact]
    public void ALogGetsTheFirstRecordAndOneInFiveSeconds()
    {
        ProgressLog log = new(_written, _time);

        log.Report(1, Record(1, "Copy", 10));
        _time.Advance(TimeSpan.FromSeconds(4));
        log.Report(1, Record(1, "Copy", 20));
        _time.Advance(TimeSpan.FromSeconds(1));
        log.Report(1, Record(1, "Copy", 30));

        Assert.Equal(["Copy: working 10%", "Copy: working 30%"], Lines());
    }

    [Fact]
    public void ALogTellsActivitiesOfDifferentSourcesApart()
    {
        ProgressLog log = new(_written, _time);

        log.Report(1, Record(1, "One", 10));
        log.Report(2, Record(1, "Two", 10));

        Assert.Equal(["One: working 10%", "Two: working 10%"], Lines());
    }

    [Fact]
    public void ALineIsDrawnOverTheOneBefore()
    {
        ProgressLine line = new(_written, () => 80, _time);

        line.Report(1, Record(1, "Copy", 50));
        _time.Advance(TimeSpan.FromSeconds(1));
        line.Report(1, Record(1, "Copy", -1));

        Assert.Equal($"{Erase}[##########..........] Copy: working 50%{Erase}Copy: working", _written.ToString());
    }

    [Fact]
    public void ALineIsCutToTheTerminal()
    {
        ProgressLine line = new(_written, () => 10, _time);

        line.Report(1, Record(1, "A long activity", -1));

        Assert.Equal($"{Erase}A long a…", _written.ToString());
    }

    [Fact]
    public void ALineGoesWhenItsActivityEnds()
    {
        ProgressLine line = new(_written, () => 80, _time);

        line.Report(1, Record(1, "Copy", -1));
        line.Report(1, Record(1, "Copy", -1, ProgressRecordType.Completed));

        Assert.EndsWith(Erase, _written.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ALineSaysHowManyMoreThereAre()
    {
        ProgressLine line = new(_written, () => 80, _time);

        line.Report(1, Record(1, "One", -1));
        line.Report(1, Record(2, "Two", -1));

        Assert.EndsWith("Two: working (+1 more)", _written.ToString(), StringComparison.Ordinal);
    }

    private static ProgressRecord Record(
        int activity, string name, int percent, ProgressRecordType type = ProgressRecordType.Processing) =>
        new(activity, name, "working") { PercentComplete = percent, RecordType = type };

    private string[] Lines() => _written.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}
