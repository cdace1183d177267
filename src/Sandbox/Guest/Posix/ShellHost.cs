using System.Text;

namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>Runs shell scripts in a guest, as root, with a closed input.</summary>
internal static class ShellHost
{
    /// <summary>Runs a script to its end, in the guest's time.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="script">The script.</param>
    /// <param name="parameters">Run command's parameters; they become variables and positional arguments.</param>
    /// <param name="diagnostics">Gets what the model does not know and passed over.</param>
    public static async Task<ScriptResult> Run(
        GuestMachine machine, string script, IReadOnlyList<KeyValuePair<string, string>> parameters, IList<string> diagnostics)
    {
        var shell = new ShShell(machine, diagnostics) { Arguments = [.. parameters.Select(static p => p.Value)] };
        foreach (KeyValuePair<string, string> parameter in parameters.Where(static p => p.Key.Length > 0))
        {
            shell.Variables[parameter.Key] = parameter.Value;
        }

        var streams = new ShStreams(ShInput.Closed, new StringBuilder(), new StringBuilder());
        int code = await Run(shell, script, streams).ConfigureAwait(false);
        return new ScriptResult(code, streams.Out.ToString(), streams.Error.ToString());
    }

    /// <summary>Runs a script in a shell that is there already.</summary>
    public static async Task<int> Run(ShShell shell, string script, ShStreams streams)
    {
        int code;
        try
        {
            code = await new ShInterpreter(shell).Run(ShParser.Parse(script), streams).ConfigureAwait(false);
        }
        catch (ShSignal signal)
        {
            code = signal.Code;
        }
        catch (ShSyntaxException e)
        {
            shell.Note($"line {e.Line}: {e.Message}");
            streams.Error.Append($"{shell.Name}: {e.Line}: Syntax error: {e.Message}\n");
            return 2;
        }

        if (shell.ExitTrap is { } trap)
        {
            shell.ExitTrap = null;
            await Run(shell, trap, streams).ConfigureAwait(false);
        }

        return code;
    }
}
