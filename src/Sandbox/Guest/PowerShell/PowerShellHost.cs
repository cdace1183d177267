namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>Runs PowerShell scripts in a guest, as the local system account.</summary>
internal static class PowerShellHost
{
    /// <summary>Runs a script to its end, in the guest's time.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="script">The script.</param>
    /// <param name="parameters">Run command's parameters, by name.</param>
    /// <param name="diagnostics">Gets what the model does not know and passed over.</param>
    public static async Task<ScriptResult> Run(
        GuestMachine machine, string script, IReadOnlyList<KeyValuePair<string, string>> parameters, IList<string> diagnostics)
    {
        var context = new PsContext(machine, diagnostics);
        var named = new PsTable(isObject: false);
        foreach (KeyValuePair<string, string> parameter in parameters.Where(static p => p.Key.Length > 0))
        {
            named[parameter.Key] = parameter.Value;
        }

        var output = new List<object?>();
        int code = await Run(context, script, named, output).ConfigureAwait(false);
        return new ScriptResult(code, PsFormat.Text(output), context.Error.ToString());
    }

    /// <summary>Runs a script in a context that is there already.</summary>
    public static async Task<int> Run(PsContext context, string script, PsTable named, List<object?> output)
    {
        var interpreter = new PsInterpreter(context);
        try
        {
            PsNode block = PsParser.Parse(script);
            var scope = new PsScope(null);
            foreach (KeyValuePair<string, PsNode?> parameter in block.Parameters)
            {
                object? otherwise = parameter.Value is { } node
                    ? await interpreter.Value(node, scope).ConfigureAwait(false)
                    : null;
                scope.Set(parameter.Key, named.Has(parameter.Key) ? named[parameter.Key] : otherwise);
            }

            await interpreter.Run(block, scope, output).ConfigureAwait(false);
            return 0;
        }
        catch (PsSignal signal)
        {
            return signal.Code;
        }
        catch (PsException error)
        {
            context.Error.Append(error.Message).Append('\n');
            return 1;
        }
        catch (PsSyntaxException error)
        {
            context.Note($"line {error.Line}: {error.Message}");
            context.Error.Append($"At line:{error.Line} : {error.Message}\n");
            return 1;
        }
    }
}
