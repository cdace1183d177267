namespace ImageCmdlets.Sandbox.Time;

/// <summary>Something that waits in the queue of a <see cref="VirtualClock"/>: a delay or a timer.</summary>
internal abstract class ClockEntry(DateTimeOffset due, long sequence)
{
    /// <summary>Virtual time from which the entry may be served.</summary>
    public DateTimeOffset Due { get; set; } = due;

    /// <summary>Order of arrival: decides between entries due at the same time.</summary>
    public long Sequence { get; } = sequence;

    /// <summary>Serves the entry; called outside the clock's lock.</summary>
    public abstract void Serve();
}
