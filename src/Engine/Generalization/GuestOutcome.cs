namespace ImageCmdlets.Engine.Generalization;

/// <summary>What the guest step came to.</summary>
internal enum GuestOutcome
{
    /// <summary>Proven to be generalized.</summary>
    Verified,

    /// <summary>A Linux guest has answered; it is proven once it has switched itself off.</summary>
    Stopping,

    /// <summary>The guest says that it is not generalized.</summary>
    Failed,

    /// <summary>Nobody knows.</summary>
    Unverified,

    /// <summary>Another run of the command has the guest's answer, and tells it.</summary>
    Elsewhere,

    /// <summary>Begun, and not waited for.</summary>
    Begun,
}
