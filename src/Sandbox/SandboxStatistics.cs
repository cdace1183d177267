namespace ImageCmdlets.Sandbox;

/// <summary>What a sandbox has seen and holds.</summary>
public sealed class SandboxStatistics
{
    /// <summary>Requests answered or cut off, refused ones included.</summary>
    public required int Requests { get; init; }

    /// <summary>Requests by method and resource type, such as <c>PUT Microsoft.Compute/disks</c>.</summary>
    public required IReadOnlyDictionary<string, int> RequestsByOperation { get; init; }

    /// <summary>Resources by type, resource groups included.</summary>
    public required IReadOnlyDictionary<string, int> ResourcesByType { get; init; }

    /// <summary>Virtual time since the start.</summary>
    public required TimeSpan SimulatedTime { get; init; }

    /// <summary>
    /// SHA-256 of the whole state without clock and counters, in lower-case hex. Two equal values mean that nothing
    /// changed in between.
    /// </summary>
    public required string Fingerprint { get; init; }
}
