namespace ImageCmdlets.Engine.Tests;

/// <summary>When a process is killed. Together these are all moments that can matter: nothing is changed by a read, so after its effect
/// is before the effect of the next call.</summary>
public enum KillMoment
{
    /// <summary>Before a call, of whatever kind, has reached Azure.</summary>
    BeforeCall,

    /// <summary>When Azure has done what a write asks for, and before the answer has come.</summary>
    AfterWrite,
}
