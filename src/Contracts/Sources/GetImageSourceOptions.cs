namespace ImageCmdlets;

/// <summary>A source to look at.</summary>
public sealed record GetImageSourceOptions
{
    /// <summary>A URN, an ARM id, an https address of a VHD blob, the full path of a VHD file (<see cref="IsFile"/>), or a name in
    /// <see cref="ResourceGroupName"/>.</summary>
    public required string Source { get; init; }

    /// <summary>Whether <see cref="Source"/> is a file of this machine.</summary>
    public bool IsFile { get; init; }

    /// <summary>The subscription of a name or URN; the session's by default.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>Where a name is looked for.</summary>
    public string? ResourceGroupName { get; init; }

    /// <summary>Also the way back to where it came from; a request for each step.</summary>
    public bool IncludeLineage { get; init; }

    /// <summary>The region whose marketplace is asked for a URN.</summary>
    public string? Location { get; init; }
}
