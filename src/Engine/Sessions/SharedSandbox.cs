using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Sessions;

/// <summary>A sandbox of several sessions; it is closed with the last of them.</summary>
internal sealed class SharedSandbox(ArmSandbox sandbox)
{
    private int _holders = 1;

    public ArmSandbox Sandbox => sandbox;

    /// <summary>For one session more.</summary>
    public SharedSandbox Hold()
    {
        Interlocked.Increment(ref _holders);
        return this;
    }

    /// <summary>One session less.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
            sandbox.Dispose();
    }
}
