namespace ImageCmdlets.SandboxServer;

/// <summary>How the process ends.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The server could not start: port taken, state file unreadable or in use, no right to write a file.</summary>
    public const int CannotStart = 1;

    public const int BadOption = 2;
}
