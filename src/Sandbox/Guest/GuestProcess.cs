namespace ImageCmdlets.Sandbox.Guest;

/// <summary>A program that runs in a guest.</summary>
internal sealed class GuestProcess(int id, string name)
{
    private readonly TaskCompletionSource<int> _exit = new();
    private int _exitCode;

    public int Id { get; } = id;

    /// <summary>Name without path and extension, as process lists show it.</summary>
    public string Name { get; } = name;

    public bool HasExited => _exit.Task.IsCompleted;

    /// <summary>The exit code of a process that has ended.</summary>
    public int ExitCode => HasExited ? _exitCode : 0;

    /// <summary>Completes with the exit code.</summary>
    public Task<int> Exit => _exit.Task;

    public void Complete(int exitCode)
    {
        _exitCode = exitCode;
        _exit.TrySetResult(exitCode);
    }
}
