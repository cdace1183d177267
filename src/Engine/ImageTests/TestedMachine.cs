namespace ImageCmdlets.Engine.ImageTests;

/// <summary>What has been seen of one machine of a test.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsWindows">What its system is.</param>
internal sealed record TestedMachine(string Name, bool IsWindows)
{
    /// <summary>Whether it came up and answers.</summary>
    public List<ImageTestCheck> Start { get; } = [];

    /// <summary>Null: it did not tell.</summary>
    public MachineIdentity? Identity { get; set; }

    /// <summary>What the user's scripts came to.</summary>
    public List<ImageTestCheck> Script { get; } = [];
}
