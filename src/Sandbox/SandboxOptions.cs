namespace ImageCmdlets.Sandbox;

/// <summary>How a sandbox starts.</summary>
public sealed class SandboxOptions
{
    /// <summary>
    /// Seed of every id, token and key that the sandbox makes up: the same seed and the same requests give the same
    /// ids. A state file brings its own.
    /// </summary>
    public int Seed { get; init; }

    /// <summary>
    /// File that holds the sandbox's state between processes. Read at start when it exists, written after each
    /// acknowledged change. Null keeps the state in memory only.
    /// </summary>
    public string? StatePath { get; init; }

    /// <summary>Virtual time at which a new sandbox starts. A state file brings its own time.</summary>
    public DateTimeOffset StartTime { get; init; } = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Whether calls beyond Azure's limits are answered 429. They are counted in any case. Without simulated time passing, no
    /// limit is ever lifted: leave it off for clients that do not wait.
    /// </summary>
    public bool EnforceRateLimits { get; init; }

    /// <summary>
    /// Cores that a subscription may use in a region, in each family of sizes, and as spot machines; 100 is what an ordinary
    /// subscription has.
    /// </summary>
    public int CoreQuota { get; init; } = 100;

    /// <summary>Public addresses that a subscription may have in a region; 1,000 is what those of an enterprise agreement have.</summary>
    public int PublicAddressQuota { get; init; } = 1000;

    /// <summary>Items on one page of a list.</summary>
    public int PageSize { get; init; } = 50;
}
