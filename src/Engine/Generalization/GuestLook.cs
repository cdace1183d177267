namespace ImageCmdlets.Engine.Generalization;

/// <summary>What a look at a run command, and now and then at its machine, has shown.</summary>
/// <param name="View">The run command; null when it is gone.</param>
/// <param name="Machine">The machine; null when it was not looked at.</param>
internal sealed record GuestLook(GuestCommandView? View, Machine? Machine = null)
{
    /// <summary>Whether the machine was started again since the script began.</summary>
    public bool IsCutOff { get; init; }

    /// <summary>Whether the run command is gone, or is one for something else by now.</summary>
    public bool IsTaken { get; init; }

    /// <summary>Whether no answer will come any more, or it is there.</summary>
    public bool IsLast => IsTaken || IsCutOff || View is null or { HasEnded: true } || Machine is { IsDown: true };
}
