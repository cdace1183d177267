namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>
/// Runs parsed statements. Everything is asynchronous because a script sleeps: its continuation is released by the guest's
/// agenda, so that several scripts of one machine interleave.
/// </summary>
internal sealed class PsInterpreter
{
    private readonly PsEvaluator _values;

    public PsInterpreter(PsContext context)
    {
        Context = context;
        _values = new PsEvaluator(this);
    }

    public PsContext Context { get; }

    /// <summary>Runs a statement; what it gives out is added to the output.</summary>
    public async Task Run(PsNode node, PsScope scope, List<object?> output)
    {
        if (!Context.Step())
        {
            Context.Note("The script never sleeps and never ends; it is left hanging.");
            await new TaskCompletionSource<bool>().Task.ConfigureAwait(false);
        }

        switch (node.Kind)
        {
            case PsNodeKind.Block:
                await Block(node, scope, output).ConfigureAwait(false);
                break;
            case PsNodeKind.If:
                await If(node, scope, output).ConfigureAwait(false);
                break;
            case PsNodeKind.While or PsNodeKind.Do or PsNodeKind.For:
                await Loop(node, scope, output).ConfigureAwait(false);
                break;
            case PsNodeKind.ForEach:
                await ForEach(node, scope, output).ConfigureAwait(false);
                break;
            case PsNodeKind.Switch:
                await Switch(node, scope, output).ConfigureAwait(false);
                break;
            case PsNodeKind.Try:
                await Try(node, scope, output).ConfigureAwait(false);
                break;
            case PsNodeKind.Function:
                Context.Functions[node.Text] = new PsScriptBlock(node.Children[0]!.Children[0]!, node.Children[0]!.Parameters);
                break;
            case PsNodeKind.Break or PsNodeKind.Continue:
                throw new PsSignal(node.Kind == PsNodeKind.Break ? PsSignalKind.Break : PsSignalKind.Continue, 0);
            case PsNodeKind.Return or PsNodeKind.Exit or PsNodeKind.Throw:
                await Leave(node, scope, output).ConfigureAwait(false);
                break;
            default:
                output.AddRange(await Items(node, scope).ConfigureAwait(false));
                break;
        }
    }

    /// <summary>The value of an expression or, of a statement, what it gives out.</summary>
    public Task<object?> Value(PsNode node, PsScope scope) => _values.Value(node, scope);

    /// <summary>Calls a script block with arguments.</summary>
    public async Task<List<object?>> Call(PsScriptBlock block, PsScope scope, IReadOnlyList<object?> arguments, PsTable named)
    {
        for (int i = 0, next = 0; i < block.Parameters.Count; i++)
        {
            string name = block.Parameters[i].Key;
            object? value = named.Has(name)
                ? named[name]
                : next < arguments.Count
                    ? arguments[next++]
                    : block.Parameters[i].Value is { } otherwise ? await Value(otherwise, scope).ConfigureAwait(false) : null;
            scope.Set(name, value);
        }

        scope.Set("args", arguments.Skip(block.Parameters.Count).ToArray());
        var output = new List<object?>();
        try
        {
            await Run(block.Body, scope, output).ConfigureAwait(false);
        }
        catch (PsSignal signal) when (signal.Kind == PsSignalKind.Return)
        {
            // What was given out before stays given out; the value of the return is among it.
        }

        return output;
    }

    private async Task<IEnumerable<object?>> Items(PsNode node, PsScope scope)
    {
        object? value = await Value(node, scope).ConfigureAwait(false);
        // Assignments and steps give nothing out.
        return node.Kind is PsNodeKind.Assignment
            || (node.Kind == PsNodeKind.Pipeline && node.Children.Length == 1 && node.Children[0]!.Kind == PsNodeKind.Step)
            ? []
            : PsConvert.Items(value);
    }

    private async Task Block(PsNode node, PsScope scope, List<object?> output)
    {
        foreach (PsNode? child in node.Children)
        {
            await Run(child!, scope, output).ConfigureAwait(false);
        }
    }

    private async Task If(PsNode node, PsScope scope, List<object?> output)
    {
        bool holds = PsConvert.ToBool(await Value(node.Children[0]!, scope).ConfigureAwait(false));
        PsNode? branch = holds ? node.Children[1] : node.Children.ElementAtOrDefault(2);
        if (branch is not null)
        {
            await Run(branch, scope, output).ConfigureAwait(false);
        }
    }

    private async Task Loop(PsNode node, PsScope scope, List<object?> output)
    {
        bool isFor = node.Kind == PsNodeKind.For;
        bool isDo = node.Kind == PsNodeKind.Do;
        PsNode? condition = isFor ? node.Children[1] : node.Children[isDo ? 1 : 0];
        PsNode body = node.Children[isFor ? 3 : isDo ? 0 : 1]!;
        if (isFor && node.Children[0] is { } start)
        {
            await Run(start, scope, []).ConfigureAwait(false);
        }

        bool first = isDo;
        while (first || condition is null || await Holds(condition, scope, node.Text == "until").ConfigureAwait(false))
        {
            first = false;
            if (await Turn(body, scope, output).ConfigureAwait(false))
            {
                break;
            }

            if (isFor && node.Children[2] is { } step)
            {
                await Run(step, scope, []).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> Holds(PsNode condition, PsScope scope, bool negated) =>
        PsConvert.ToBool(await Value(condition, scope).ConfigureAwait(false)) != negated;

    private async Task ForEach(PsNode node, PsScope scope, List<object?> output)
    {
        foreach (object? item in PsConvert.Items(await Value(node.Children[0]!, scope).ConfigureAwait(false)))
        {
            scope.Set(node.Text, item);
            if (await Turn(node.Children[1]!, scope, output).ConfigureAwait(false))
            {
                break;
            }
        }
    }

    // True when the loop is to end.
    private async Task<bool> Turn(PsNode body, PsScope scope, List<object?> output)
    {
        try
        {
            await Run(body, scope, output).ConfigureAwait(false);
            return false;
        }
        catch (PsSignal signal) when (signal.Kind is PsSignalKind.Break or PsSignalKind.Continue)
        {
            return signal.Kind == PsSignalKind.Break;
        }
    }

    private async Task Switch(PsNode node, PsScope scope, List<object?> output)
    {
        object? subject = await Value(node.Children[0]!, scope).ConfigureAwait(false);
        bool found = false;
        for (int i = 1; i + 1 < node.Children.Length; i += 2)
        {
            PsNode? label = node.Children[i];
            bool fits = label is null
                ? !found
                : PsConvert.Same(subject, await Value(label, scope).ConfigureAwait(false), matchCase: false);
            found |= fits;
            if (fits && await Turn(node.Children[i + 1]!, scope, output).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    private async Task Try(PsNode node, PsScope scope, List<object?> output)
    {
        try
        {
            await Run(node.Children[0]!, scope, output).ConfigureAwait(false);
        }
        catch (PsException error) when (node.Children[1] is not null)
        {
            scope.Set("_", error.ToRecord());
            await Run(node.Children[1]!, scope, output).ConfigureAwait(false);
        }
        finally
        {
            if (node.Children[2] is { } last)
            {
                await Run(last, scope, output).ConfigureAwait(false);
            }
        }
    }

    private async Task Leave(PsNode node, PsScope scope, List<object?> output)
    {
        object? value = node.Children[0] is { } given ? await Value(given, scope).ConfigureAwait(false) : null;
        switch (node.Kind)
        {
            case PsNodeKind.Return:
                output.AddRange(PsConvert.Items(value));
                throw new PsSignal(PsSignalKind.Return, 0);
            case PsNodeKind.Exit:
                throw new PsSignal(PsSignalKind.Exit, value is null ? 0 : (int)PsConvert.ToInt(value));
            default:
                throw new PsException(value is PsTable record && record.Has("Message")
                    ? PsConvert.ToText(record["Message"])
                    : value is null ? "ScriptHalted" : PsConvert.ToText(value));
        }
    }
}
