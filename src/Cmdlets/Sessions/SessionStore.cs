using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace ImageCmdlets.Commands;

/// <summary>The sessions of each runspace. Two runspaces never see each other's.</summary>
/// <remarks>Keyed by the runspace itself, so that its sessions go when it goes; a static or thread-static field would leak
/// between jobs that share threads.</remarks>
internal static class SessionStore
{
    private static readonly ConditionalWeakTable<Runspace, RunspaceSessions> s_sessions = new();

    /// <summary>The default session of the calling thread's runspace; null when there is none.</summary>
    public static ImageSession? Default => Current?.Default;

    /// <summary>The sessions of the calling thread's runspace.</summary>
    public static RunspaceSessions? Current =>
        Runspace.DefaultRunspace is { } runspace ? s_sessions.GetValue(runspace, _ => new RunspaceSessions()) : null;
}
