namespace ImageCmdlets;

/// <summary>Which logs of a virtual machine are read.</summary>
public sealed record GetGeneralizeLogOptions
{
    /// <summary>What a log may have at most in bytes when nothing is said.</summary>
    public const int DefaultMaximumLength = 4 * 1024 * 1024;

    /// <summary>The id of the virtual machine.</summary>
    public required string Id { get; init; }

    /// <summary>The logs; none: what matters for the system.</summary>
    public IReadOnlyList<GeneralizeLogName> Log { get; init => field = value.ToArray(); } = [];

    /// <summary>How many bytes of a log are read at most: its last ones.</summary>
    public int MaximumLength { get; init; } = DefaultMaximumLength;
}
