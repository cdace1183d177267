namespace ImageCmdlets;

/// <summary>Scripts to be run in a machine.</summary>
public sealed record ImageScriptOptions
{
    /// <summary>The id of a running virtual machine.</summary>
    public required string Id { get; init; }

    /// <summary>Run one after the other; none after one that fails.</summary>
    public required IReadOnlyList<ImageScript> Script { get; init; }

    /// <summary>Run them also where these very scripts have changed the machine's disk already.</summary>
    public bool Again { get; init; }
}
