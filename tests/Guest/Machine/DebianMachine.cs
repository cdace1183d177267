namespace ImageCmdlets.Guest.Tests.Machine;

/// <summary>A machine of its own on top of the Debian tree: it was set up in Azure and used by people (<c>seed.sh</c>). It has no
/// network, and nothing of it is left when it is disposed of.</summary>
/// <param name="below">What the machine begins as: a folder, or several, the upper ones first, separated by colons.</param>
internal sealed class DebianMachine(string below) : IDisposable
{
    public const string Unshare = "/usr/bin/unshare";

    /// <summary>What the machine has of its own. Killing the first process of it ends all others.</summary>
    public static readonly string[] Namespaces = ["--uts", "--mount", "--pid", "--net", "--ipc", "--fork", "--kill-child"];

    private readonly string _state = Directory.CreateTempSubdirectory("imagecmdlets-guest-").FullName;

    /// <summary>What is left of what the seed has put there, by the names of <c>look.sh</c>.</summary>
    public string[] Left => Do(File.ReadAllText(Command.File("Machine/look.sh"))).Lines;

    /// <summary>This machine as what another one begins as.</summary>
    public string AsBase => File.Exists(Path.Combine(_state, "is-copy")) ? Path.Combine(_state, "root") : $"{Path.Combine(_state, "upper")}:{below}";

    /// <summary>Runs a script as root. The processes it leaves behind end with it.</summary>
    public CommandResult Run(string script) =>
        Command.Run(Unshare, [.. Namespaces, "/bin/sh", Command.File("Machine/enter.sh"), below, _state], script);

    /// <summary>Runs a script that has to succeed.</summary>
    public CommandResult Do(string script)
    {
        CommandResult result = Run(script);
        return result.ExitCode == 0 ? result : throw new InvalidOperationException($"{result.ExitCode}: {result.Error}{result.Output}");
    }

    public void Dispose()
    {
        // Not Directory.Delete: it follows what a mount in there may have left, and stumbles over device nodes.
        Command.Run("/bin/rm", ["-rf", "--one-file-system", _state]);
    }
}
