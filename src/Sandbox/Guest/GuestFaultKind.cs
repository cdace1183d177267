namespace ImageCmdlets.Sandbox.Guest;

/// <summary>
/// The ways in which a guest can refuse to be generalized or to answer. More signatures of sysprep can be added here.
/// </summary>
internal enum GuestFaultKind
{
    /// <summary>
    /// An Appx package is installed for one user only, so that sysprep stops with 0x80073cf2 before it changes anything. The
    /// detail is the package's full name. Removing the package mends it.
    /// </summary>
    AppxPackage,

    /// <summary>
    /// The guest agent dies during the next run command: the script goes on, its result is never reported. The detail is the
    /// number of seconds after the start; 0 when absent. A restart of the machine mends it.
    /// </summary>
    AgentDies,
}
