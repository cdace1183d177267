using System.Text;

namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>Works out the values of expressions.</summary>
internal sealed class PsEvaluator(PsInterpreter interpreter)
{
    private GuestMachine Machine => interpreter.Context.Machine;

    public async Task<object?> Value(PsNode node, PsScope scope)
    {
        switch (node.Kind)
        {
            case PsNodeKind.Literal:
                return node.Value;
            case PsNodeKind.Variable:
                return Variable(node.Text, scope);
            case PsNodeKind.Expandable:
                return await Text(node, scope).ConfigureAwait(false);
            case PsNodeKind.Assignment:
                return await Assign(node, scope).ConfigureAwait(false);
            case PsNodeKind.Pipeline:
                return await Pipeline(node, scope).ConfigureAwait(false);
            case PsNodeKind.Command:
                return PsConvert.Unwrap(await PsCommands.Run(interpreter, node, scope, null).ConfigureAwait(false));
            case PsNodeKind.Member or PsNodeKind.Invoke:
                return await Member(node, scope).ConfigureAwait(false);
            case PsNodeKind.Index:
                object? indexed = await Value(node.Children[0]!, scope).ConfigureAwait(false);
                return PsMembers.Index(indexed, await Value(node.Children[1]!, scope).ConfigureAwait(false));
            case PsNodeKind.Binary:
                return await Binary(node, scope).ConfigureAwait(false);
            case PsNodeKind.Unary:
                return Unary(node.Text, await Value(node.Children[0]!, scope).ConfigureAwait(false));
            case PsNodeKind.Array:
                return (await Output(node.Children[0]!, scope).ConfigureAwait(false)).ToArray();
            case PsNodeKind.List:
                return await List(node, scope).ConfigureAwait(false);
            case PsNodeKind.Hashtable:
                return await Hashtable(node, scope).ConfigureAwait(false);
            case PsNodeKind.SubExpression:
                return PsConvert.Unwrap(await Output(node.Children[0]!, scope).ConfigureAwait(false));
            case PsNodeKind.ScriptBlock:
                return new PsScriptBlock(node.Children[0]!, node.Parameters);
            case PsNodeKind.Cast:
                return PsTypes.Cast(node.Text, await Value(node.Children[0]!, scope).ConfigureAwait(false));
            case PsNodeKind.Type:
                return new PsTypeName(node.Text);
            case PsNodeKind.Step:
                return await Step(node, scope).ConfigureAwait(false);
            default:
                return PsConvert.Unwrap(await Output(node, scope).ConfigureAwait(false));
        }
    }

    private async Task<List<object?>> Output(PsNode node, PsScope scope)
    {
        var output = new List<object?>();
        await interpreter.Run(node, scope, output).ConfigureAwait(false);
        return output;
    }

    private object? Variable(string name, PsScope scope)
    {
        if (name.StartsWith("env:", StringComparison.OrdinalIgnoreCase))
        {
            return scope.Get(name) ?? PsSystem.Environment(Machine, name.Substring(4));
        }

        return name.ToLowerInvariant() switch
        {
            "true" => true,
            "false" => false,
            "null" => null,
            "pid" => 4242L,
            "psscriptroot" => @"C:\Packages\Plugins\Microsoft.CPlat.Core.RunCommandWindows\1.1.18\Downloads",
            _ => scope.Get(name),
        };
    }

    private async Task<string> Text(PsNode node, PsScope scope)
    {
        var text = new StringBuilder();
        foreach (PsNode? part in node.Children)
        {
            text.Append(PsConvert.ToText(await Value(part!, scope).ConfigureAwait(false)));
        }

        return text.ToString();
    }

    private async Task<object?> Assign(PsNode node, PsScope scope)
    {
        PsNode target = node.Children[0]!;
        object? value = await Value(node.Children[1]!, scope).ConfigureAwait(false);
        if (node.Text.Length == 2)
        {
            object? before = await Value(target, scope).ConfigureAwait(false);
            value = PsOperators.Apply(node.Text.Substring(0, 1), before, value, scope);
        }

        await Store(target, value, scope).ConfigureAwait(false);
        return value;
    }

    private async Task Store(PsNode target, object? value, PsScope scope)
    {
        switch (target.Kind)
        {
            case PsNodeKind.Variable:
                scope.Set(target.Text, value);
                break;
            case PsNodeKind.Cast:
                await Store(target.Children[0]!, PsTypes.Cast(target.Text, value), scope).ConfigureAwait(false);
                break;
            case PsNodeKind.Member:
                PsMembers.Set(await Value(target.Children[0]!, scope).ConfigureAwait(false), target.Text, value);
                break;
            case PsNodeKind.Index:
                object? table = await Value(target.Children[0]!, scope).ConfigureAwait(false);
                object? key = await Value(target.Children[1]!, scope).ConfigureAwait(false);
                if (table is object?[] items)
                    items[(int)PsConvert.ToInt(key)] = value;
                else
                    PsMembers.Set(table, PsConvert.ToText(key), value);
                break;
            case PsNodeKind.List:
                IReadOnlyList<object?> values = PsConvert.Items(value);
                for (int i = 0; i < target.Children.Length; i++)
                    await Store(target.Children[i]!, i < values.Count ? values[i] : null, scope).ConfigureAwait(false);
                break;
            default:
                throw new PsException("The assignment expression is not valid.");
        }
    }

    private async Task<object?> Pipeline(PsNode node, PsScope scope)
    {
        object? first = await Value(node.Children[0]!, scope).ConfigureAwait(false);
        if (node.Children.Length == 1)
        {
            return first;
        }

        List<object?> items = [.. PsConvert.Items(first)];
        foreach (PsNode? element in node.Children.Skip(1))
        {
            items = await PsCommands.Run(interpreter, element!, scope, items).ConfigureAwait(false);
        }

        return PsConvert.Unwrap(items);
    }

    private async Task<object?> Member(PsNode node, PsScope scope)
    {
        object? target = await Value(node.Children[0]!, scope).ConfigureAwait(false);
        var type = target as PsTypeName;
        if (node.Kind == PsNodeKind.Member)
        {
            // $item.$name: the name is a value.
            string name = node.Children.Length > 1 ? PsConvert.ToText(await Value(node.Children[1]!, scope).ConfigureAwait(false)) : node.Text;
            return node.IsStatic && type is not null ? PsTypes.Get(type, name, Machine) : PsMembers.Get(target, name);
        }

        var arguments = new List<object?>();
        foreach (PsNode? argument in node.Children.Skip(1))
        {
            arguments.Add(await Value(argument!, scope).ConfigureAwait(false));
        }

        if (node.IsStatic && type is not null)
        {
            return PsTypes.Invoke(type, node.Text, arguments, Machine);
        }

        if (target is GuestProcess process && string.Equals(node.Text, "WaitForExit", StringComparison.OrdinalIgnoreCase))
        {
            await process.Exit.ConfigureAwait(false);
            return null;
        }

        return PsMembers.Invoke(target, node.Text, arguments);
    }

    private async Task<object?> Binary(PsNode node, PsScope scope)
    {
        object? left = await Value(node.Children[0]!, scope).ConfigureAwait(false);
        if (node.Text is "and" or "or")
        {
            return PsConvert.ToBool(left) == (node.Text == "and")
                ? PsConvert.ToBool(await Value(node.Children[1]!, scope).ConfigureAwait(false))
                : node.Text == "or";
        }

        return PsOperators.Apply(node.Text, left, await Value(node.Children[1]!, scope).ConfigureAwait(false), scope);
    }

    private static object? Unary(string sign, object? value) => sign switch
    {
        "not" => !PsConvert.ToBool(value),
        "-" => PsConvert.FromNumber(-(PsConvert.ToNumber(value) ?? 0), value is not double),
        "," => new[] { value },
        "join" => string.Concat(PsConvert.Items(value).Select(PsConvert.ToText)),
        "split" => PsConvert.ToText(value)
            .Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries).Cast<object?>().ToArray(),
        _ => value,
    };

    private async Task<object?> List(PsNode node, PsScope scope)
    {
        var items = new List<object?>();
        foreach (PsNode? child in node.Children)
        {
            items.Add(await Value(child!, scope).ConfigureAwait(false));
        }

        return items.ToArray();
    }

    private async Task<object?> Hashtable(PsNode node, PsScope scope)
    {
        var table = new PsTable(isObject: false);
        for (int i = 0; i + 1 < node.Children.Length; i += 2)
        {
            string key = PsConvert.ToText(await Value(node.Children[i]!, scope).ConfigureAwait(false));
            table[key] = await Value(node.Children[i + 1]!, scope).ConfigureAwait(false);
        }

        return table;
    }

    private async Task<object?> Step(PsNode node, PsScope scope)
    {
        object? before = await Value(node.Children[0]!, scope).ConfigureAwait(false);
        object? after = PsOperators.Apply(node.Text.Substring(0, 1), before ?? 0L, 1L, scope);
        await Store(node.Children[0]!, after, scope).ConfigureAwait(false);
        return node.Text.EndsWith("post", StringComparison.Ordinal) ? before : after;
    }
}
