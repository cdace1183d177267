using System.Management.Automation;

namespace ImageCmdlets.Shell.Hosting;

/// <summary>Shows the progress records of the running pipeline on standard error.</summary>
public abstract class ProgressDisplay
{
    /// <summary>The display that suits what standard error is connected to.</summary>
    public static ProgressDisplay For(ShellConsole console) => console.DrawsProgress
        ? new ProgressLine(console.Error, () => console.Width, TimeProvider.System)
        : new ProgressLog(console.Error, TimeProvider.System);

    /// <summary>Takes one record. Jobs and cmdlets may report at the same time.</summary>
    /// <param name="sourceId">The runspace's number for whoever reports; activities are numbered within it.</param>
    /// <param name="record">What the cmdlet said.</param>
    public abstract void Report(long sourceId, ProgressRecord record);

    /// <summary>Makes room for other output; the next record shows itself again.</summary>
    public abstract void Hide();

    /// <summary>Forgets every activity: the pipeline that reported them has ended.</summary>
    public abstract void Clear();

    /// <summary>One line of text for a record: activity, status, percentage and time left, as far as they are known.</summary>
    protected static string Describe(ProgressRecord record)
    {
        string text = $"{record.Activity}: {record.StatusDescription}";
        if (!string.IsNullOrEmpty(record.CurrentOperation))
            text += $", {record.CurrentOperation}";
        if (record.PercentComplete >= 0)
            text += $" {record.PercentComplete}%";
        if (record.SecondsRemaining >= 0)
            text += $" ({TimeSpan.FromSeconds(record.SecondsRemaining):g} left)";

        return text.ReplaceLineEndings(" ");
    }
}
