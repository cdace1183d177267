namespace ImageCmdlets;

/// <summary>How a long command is to run: the bounds and the waiting.</summary>
public sealed record RunOptions
{
    /// <summary>Give up waiting after this; what Azure has begun goes on, and the same command picks it up. Null: the command's own limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Return once Azure has accepted the last request, with an <see cref="ImageOperation"/>.</summary>
    public bool NoWait { get; init; }

    /// <summary>How many branches of the work run at once.</summary>
    public int ThrottleLimit { get; init; } = 16;
}
