namespace ImageCmdlets.Engine.Generalization;

/// <summary>How long each wait of a generalization may last. Together they are the command's own limit: nothing waits for ever.</summary>
internal static class GeneralizeLimits
{
    /// <summary>From the start of the script in the guest to its answer.</summary>
    public static readonly TimeSpan GuestStep = TimeSpan.FromMinutes(30);

    /// <summary>What Azure is told: the script's own limit (26 minutes) is shorter, the engine's longer, so that the one who knows most
    /// speaks first.</summary>
    public static readonly TimeSpan RunCommand = TimeSpan.FromMinutes(28);

    /// <summary>From a Linux guest's answer until it has switched itself off: a timer of one minute that may be late by another, then
    /// the work.</summary>
    public static readonly TimeSpan Stop = TimeSpan.FromMinutes(10);

    /// <summary>For another operation on the machine to end.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromMinutes(10);

    /// <summary>For a run command of somebody else's to end: Azure may let one script run at a time and tells nobody when it ends.</summary>
    public static readonly TimeSpan Turn = TimeSpan.FromMinutes(10);

    /// <summary>For another run that has the guest's answer to begin the deallocation: it keeps the proof before.</summary>
    public static readonly TimeSpan OtherRun = TimeSpan.FromMinutes(1);

    /// <summary>Between two attempts to have the turn.</summary>
    public static readonly TimeSpan TurnPause = TimeSpan.FromSeconds(15);

    /// <summary>For the agent of a machine that has just been started to report.</summary>
    public static readonly TimeSpan Agent = TimeSpan.FromMinutes(3);

    /// <summary>For Azure to take the run command away again.</summary>
    public static readonly TimeSpan Removal = TimeSpan.FromMinutes(5);

    /// <summary>For the mark to show; it always showed in the next second.</summary>
    public static readonly TimeSpan Mark = TimeSpan.FromMinutes(2);

    /// <summary>How much later than a Linux guest's answer the operation that brought the script may end. Whatever ends later is
    /// somebody's power operation: the guest's own work begins only a minute after the answer.</summary>
    public static readonly TimeSpan HandOver = TimeSpan.FromSeconds(30);

    /// <summary>Between the proof of a generalized guest, which is kept just before the deallocation, and the end of the last operation
    /// on its machine. The longest recorded deallocation took five minutes; what ended later may have started the machine again.</summary>
    public static readonly TimeSpan Proof = TimeSpan.FromMinutes(10);
}
