namespace ImageCmdlets.Sandbox.Time;

/// <summary>One pending shot of a <see cref="ClockTimer"/>.</summary>
internal sealed class ClockTimerEntry(DateTimeOffset due, long sequence, ClockTimer timer, TimeSpan period)
    : ClockEntry(due, sequence)
{
    public ClockTimer Timer { get; } = timer;

    /// <summary>Time to the next shot, or a value that is not positive when there is none.</summary>
    public TimeSpan Period { get; } = period;

    public override void Serve() => Timer.Fire();
}
