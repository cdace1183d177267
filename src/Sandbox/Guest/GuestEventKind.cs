namespace ImageCmdlets.Sandbox.Guest;

/// <summary>What can be due in a running guest.</summary>
internal enum GuestEventKind
{
    /// <summary>The agent has started and reports to Azure.</summary>
    AgentReady,

    /// <summary>The agent dies without a word.</summary>
    AgentDies,

    /// <summary>The first boot has done its work.</summary>
    Provisioned,

    /// <summary>The guest switches itself off.</summary>
    PowerOff,

    /// <summary>The guest restarts itself.</summary>
    Restart,

    /// <summary>A detached shell script starts (<c>at</c>, <c>systemd-run</c>).</summary>
    ShellScript,

    /// <summary>A detached PowerShell script starts (scheduled task).</summary>
    PowerShellScript,

    /// <summary>Sysprep has finished; the text is its command line.</summary>
    SysprepEnd,
}
