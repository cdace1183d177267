namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>
/// Finds what a command's name means: a function of the script, a command that the model knows, a script on the disk. Anything
/// else is taken for a program without effect on what is modelled: no output, exit code 0, noted in the diagnostics.
/// </summary>
internal static class ShCommands
{
    private static readonly Dictionary<string, Func<ShCall, Task<int>>> s_commands = Collect(
        ShBuiltins.Commands, FileCommands.Commands, TextCommands.Commands, PackCommands.Commands, SystemCommands.Commands, ScheduleCommands.Commands);

    /// <summary>True when <c>command -v</c> would find the name.</summary>
    public static bool IsKnown(ShShell shell, string name) =>
        shell.Functions.ContainsKey(name)
        || s_commands.ContainsKey(name.Substring(name.LastIndexOf('/') + 1))
        || (name.IndexOf('/') >= 0 && shell.Machine.Disk.Files.IsFile(shell.Full(name)));

    public static async Task<int> Run(ShCall call)
    {
        string field = call.Fields[0];
        if (call.Shell.Functions.TryGetValue(field, out ShNode? body))
        {
            return await Function(call, body).ConfigureAwait(false);
        }

        if (s_commands.TryGetValue(call.Name, out Func<ShCall, Task<int>>? command))
        {
            return await command(call).ConfigureAwait(false);
        }

        if (field.IndexOf('/') >= 0 && call.Files.Read(call.Shell.Full(field)) is { Length: > 0 } script)
        {
            return await Script(call, script, field, call.Arguments).ConfigureAwait(false);
        }

        call.Shell.Note($"unknown command: {call.Name}");
        return 0;
    }

    /// <summary>Runs a script in a shell of its own, as <c>sh file</c> does.</summary>
    public static Task<int> Script(ShCall call, string script, string name, IReadOnlyList<string> arguments)
    {
        ShShell shell = call.Shell.Fork();
        shell.Name = name;
        shell.Arguments = arguments;
        shell.ExitOnError = false;
        shell.Conditions = 0;
        return ShellHost.Run(shell, script, call.Streams);
    }

    private static async Task<int> Function(ShCall call, ShNode body)
    {
        IReadOnlyList<string> arguments = call.Shell.Arguments;
        call.Shell.Arguments = call.Arguments;
        try
        {
            return await new ShInterpreter(call.Shell).Run(body, call.Streams).ConfigureAwait(false);
        }
        catch (ShSignal signal) when (signal.Kind == ShSignalKind.Return)
        {
            return signal.Code;
        }
        finally
        {
            call.Shell.Arguments = arguments;
        }
    }

    private static Dictionary<string, Func<ShCall, Task<int>>> Collect(
        params IReadOnlyDictionary<string, Func<ShCall, Task<int>>>[] groups) =>
        groups.SelectMany(static g => g).ToDictionary(static c => c.Key, static c => c.Value, StringComparer.Ordinal);
}
