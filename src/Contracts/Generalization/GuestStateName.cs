namespace ImageCmdlets;

/// <summary>How far the operating system in a virtual machine is with being generalized.</summary>
public enum GuestStateName
{
    /// <summary>Nobody knows: the guest cannot be asked, and nothing was proven.</summary>
    Unknown,

    /// <summary>Set up and in use.</summary>
    Ready,

    /// <summary>Sysprep runs, or this module's job on Linux is due or runs.</summary>
    Generalizing,

    /// <summary>Windows: sysprep has come to its end.</summary>
    Generalized,

    /// <summary>Linux: the agent and cloud-init have forgotten this machine.</summary>
    Deprovisioned,

    /// <summary>Begun and not ended: no image of it will work, and the machine itself may not.</summary>
    HalfGeneralized,
}
