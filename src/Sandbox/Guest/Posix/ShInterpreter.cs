using System.Text;

namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>
/// Runs parsed statements. Everything is asynchronous because a script sleeps: its continuation is released by the guest's
/// agenda, so that several scripts of one machine interleave.
/// </summary>
internal sealed class ShInterpreter
{
    private readonly ShShell _shell;
    private readonly ShExpander _expander;

    public ShInterpreter(ShShell shell)
    {
        _shell = shell;
        _expander = new ShExpander(shell, Capture);
    }

    /// <summary>Runs a statement and returns its exit code.</summary>
    public async Task<int> Run(ShNode node, ShStreams streams)
    {
        if (!_shell.Step())
        {
            _shell.Note("The script never sleeps and never ends; it is left hanging.");
            await new TaskCompletionSource<bool>().Task.ConfigureAwait(false);
        }

        if (node.Background)
        {
            return Detach(node with { Background = false }, streams);
        }

        if (node.Redirects.Count > 0 && node.Kind != ShNodeKind.Simple)
        {
            return await Redirected(node, streams, s => Dispatch(node, s)).ConfigureAwait(false);
        }

        return _shell.LastExit = await Dispatch(node, streams).ConfigureAwait(false);
    }

    /// <summary>Runs a statement under a condition, where <c>set -e</c> does not count.</summary>
    private async Task<bool> Holds(ShNode node, ShStreams streams)
    {
        _shell.Conditions++;
        try
        {
            return await Run(node, streams).ConfigureAwait(false) == 0;
        }
        finally
        {
            _shell.Conditions--;
        }
    }

    private Task<int> Dispatch(ShNode node, ShStreams streams) => node.Kind switch
    {
        ShNodeKind.Simple => Checked(node, streams),
        ShNodeKind.Pipeline => Pipeline(node, streams),
        ShNodeKind.And or ShNodeKind.Or => AndOr(node, streams),
        ShNodeKind.If => If(node, streams),
        ShNodeKind.While or ShNodeKind.Until => Loop(node, streams),
        ShNodeKind.For => For(node, streams),
        ShNodeKind.Case => Case(node, streams),
        ShNodeKind.Subshell => Subshell(node.Children[0], streams),
        ShNodeKind.Function => Define(node),
        _ => List(node, streams),
    };

    private async Task<int> List(ShNode node, ShStreams streams)
    {
        int code = 0;
        foreach (ShNode child in node.Children)
        {
            code = await Run(child, streams).ConfigureAwait(false);
        }

        return code;
    }

    private Task<int> Define(ShNode node)
    {
        _shell.Functions[node.Text] = node.Children[0];
        return Task.FromResult(0);
    }

    private async Task<int> AndOr(ShNode node, ShStreams streams)
    {
        bool left = await Holds(node.Children[0], streams).ConfigureAwait(false);
        return left == (node.Kind == ShNodeKind.And)
            ? await Run(node.Children[1], streams).ConfigureAwait(false)
            : _shell.LastExit;
    }

    private async Task<int> If(ShNode node, ShStreams streams)
    {
        if (await Holds(node.Children[0], streams).ConfigureAwait(false))
        {
            return await Run(node.Children[1], streams).ConfigureAwait(false);
        }

        return node.Children.Count > 2 ? await Run(node.Children[2], streams).ConfigureAwait(false) : 0;
    }

    private async Task<int> Loop(ShNode node, ShStreams streams)
    {
        int code = 0;
        while (await Holds(node.Children[0], streams).ConfigureAwait(false) == (node.Kind == ShNodeKind.While))
        {
            (bool stop, code) = await Turn(node.Children[1], streams).ConfigureAwait(false);
            if (stop)
            {
                break;
            }
        }

        return code;
    }

    private async Task<int> For(ShNode node, ShStreams streams)
    {
        int code = 0;
        foreach (string value in await _expander.Fields(node.Words).ConfigureAwait(false))
        {
            _shell.Variables[node.Text] = value;
            (bool stop, code) = await Turn(node.Children[0], streams).ConfigureAwait(false);
            if (stop)
            {
                break;
            }
        }

        return code;
    }

    private async Task<(bool Stop, int Code)> Turn(ShNode body, ShStreams streams)
    {
        try
        {
            return (false, await Run(body, streams).ConfigureAwait(false));
        }
        catch (ShSignal signal) when (signal.Kind is ShSignalKind.Break or ShSignalKind.Continue)
        {
            return (signal.Kind == ShSignalKind.Break, 0);
        }
    }

    private async Task<int> Case(ShNode node, ShStreams streams)
    {
        string subject = await _expander.Text(node.Words[0]).ConfigureAwait(false);
        foreach (ShNode item in node.Children)
        {
            foreach (ShWord pattern in item.Words)
            {
                if (ShPattern.Fits(subject, await _expander.Text(pattern).ConfigureAwait(false)))
                {
                    return await Run(item.Children[0], streams).ConfigureAwait(false);
                }
            }
        }

        return 0;
    }

    private async Task<int> Pipeline(ShNode node, ShStreams streams)
    {
        ShInput input = streams.In;
        int code = 0;
        int failed = 0;
        for (int i = 0; i < node.Children.Count; i++)
        {
            bool last = i == node.Children.Count - 1;
            var output = last ? streams.Out : new StringBuilder();
            ShStreams own = streams with { In = input, Out = output };
            _shell.Conditions += node.Negated ? 1 : 0;
            code = node.Children.Count == 1
                ? await Run(node.Children[i], own).ConfigureAwait(false)
                : await Subshell(node.Children[i], own).ConfigureAwait(false);
            _shell.Conditions -= node.Negated ? 1 : 0;
            failed = code == 0 ? failed : code;
            input = new ShInput(output.ToString());
        }

        code = _shell.PipeFail ? failed : code;
        return node.Negated ? (code == 0 ? 1 : 0) : Check(code);
    }

    private async Task<int> Subshell(ShNode body, ShStreams streams)
    {
        var inner = new ShInterpreter(_shell.Fork());
        try
        {
            return await inner.Run(body, streams).ConfigureAwait(false);
        }
        catch (ShSignal signal) when (signal.Kind is ShSignalKind.Exit or ShSignalKind.Return)
        {
            return signal.Code;
        }
    }

    private int Detach(ShNode node, ShStreams streams)
    {
        GuestProcess process = _shell.Machine.StartProcess("sh");
        _shell.Children.Add(process);
        _ = RunDetached(process, node, streams with { In = ShInput.Closed });
        return 0;
    }

    private async Task RunDetached(GuestProcess process, ShNode node, ShStreams streams) =>
        process.Complete(await Subshell(node, streams).ConfigureAwait(false));

    private async Task<int> Checked(ShNode node, ShStreams streams) =>
        Check(await Redirected(node, streams, s => Simple(node, s)).ConfigureAwait(false));

    private int Check(int code)
    {
        if (code != 0 && _shell.ExitOnError && _shell.Conditions == 0)
        {
            throw new ShSignal(ShSignalKind.Exit, code);
        }

        return code;
    }

    private async Task<int> Redirected(ShNode node, ShStreams streams, Func<ShStreams, Task<int>> run)
    {
        if (node.Redirects.Count == 0)
        {
            return await run(streams).ConfigureAwait(false);
        }

        var redirection = new ShRedirection(_shell, _expander);
        ShStreams own = await redirection.Open(node.Redirects, streams).ConfigureAwait(false);
        try
        {
            return await run(own).ConfigureAwait(false);
        }
        finally
        {
            redirection.Close();
        }
    }

    private async Task<int> Simple(ShNode node, ShStreams streams)
    {
        List<string> fields = await _expander.Fields(node.Words).ConfigureAwait(false);
        var values = new List<KeyValuePair<string, string>>();
        foreach (KeyValuePair<string, ShWord> assignment in node.Assignments)
        {
            values.Add(new(assignment.Key, await _expander.Text(assignment.Value).ConfigureAwait(false)));
        }

        Dictionary<string, string> before = new(_shell.Variables, StringComparer.Ordinal);
        foreach (KeyValuePair<string, string> value in values)
        {
            _shell.Variables[value.Key] = value.Value;
        }

        if (fields.Count == 0)
        {
            // The code of the last substitution decides about an assignment: state=$(grep …) || …
            return node.Assignments.Any(static a => a.Value.Parts.Any(static p => p.Body is not null)) ? _shell.LastExit : 0;
        }

        int code = await ShCommands.Run(new ShCall(_shell, fields, streams)).ConfigureAwait(false);
        foreach (string name in values.Select(static v => v.Key))
        {
            // Assignments in front of a command are the command's alone.
            if (before.TryGetValue(name, out string? value))
            {
                _shell.Variables[name] = value;
            }
            else
            {
                _shell.Variables.Remove(name);
            }
        }

        return code;
    }

    private async Task<string> Capture(ShNode body)
    {
        var output = new StringBuilder();
        int code = await Subshell(body, new ShStreams(ShInput.Closed, output, new StringBuilder())).ConfigureAwait(false);
        _shell.LastExit = code;
        return output.ToString();
    }
}
