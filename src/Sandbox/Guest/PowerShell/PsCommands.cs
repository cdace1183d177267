namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>
/// Finds what a command's name means: a function of the script, a cmdlet or program that the model knows. Anything else is
/// taken for something without effect on what is modelled: no output, no error, noted in the diagnostics.
/// </summary>
internal static class PsCommands
{
    private static readonly HashSet<string> s_switches = new(StringComparer.OrdinalIgnoreCase)
    {
        "Force", "Recurse", "PassThru", "Wait", "NoNewWindow", "Compress", "Raw", "Quiet", "AllUsers", "Online", "NoNewline",
        "Unique", "Descending", "AsString", "Append", "Leaf", "Parent", "Confirm", "WhatIf", "CaseSensitive", "SimpleMatch",
        "AllMatches", "NoProfile", "NonInteractive", "NoLogo", "Directory", "UseBasicParsing", "AsJob", "Sum", "Average",
        "Verbose", "Debug", "Not", "Simple", "NotMatch", "Resolve", "NoClobber", "UtcNow", "AsUtc", "AsArray",
    };

    private static readonly Dictionary<string, string> s_aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["%"] = "ForEach-Object", ["foreach"] = "ForEach-Object", ["?"] = "Where-Object", ["where"] = "Where-Object",
        ["select"] = "Select-Object", ["sort"] = "Sort-Object", ["measure"] = "Measure-Object", ["echo"] = "Write-Output",
        ["write"] = "Write-Output", ["cat"] = "Get-Content", ["gc"] = "Get-Content", ["type"] = "Get-Content",
        ["sleep"] = "Start-Sleep",
        ["rm"] = "Remove-Item", ["del"] = "Remove-Item", ["ri"] = "Remove-Item", ["rd"] = "Remove-Item", ["ls"] = "Get-ChildItem",
        ["dir"] = "Get-ChildItem", ["gci"] = "Get-ChildItem", ["gp"] = "Get-ItemProperty", ["sp"] = "Set-ItemProperty",
        ["gsv"] = "Get-Service", ["ps"] = "Get-Process", ["start"] = "Start-Process", ["saps"] = "Start-Process",
        ["md"] = "mkdir",
        ["cp"] = "Copy-Item", ["copy"] = "Copy-Item", ["mv"] = "Move-Item", ["move"] = "Move-Item", ["gcm"] = "Get-Command",
        ["sls"] = "Select-String", ["gi"] = "Get-Item", ["ni"] = "New-Item",
    };

    private static readonly Dictionary<string, Func<PsCall, Task>> s_commands = Collect(
        PsObjectCommands.Commands,
        PsItemCommands.Commands,
        PsPropertyCommands.Commands,
        PsSystemCommands.Commands,
        PsProcessCommands.Commands,
        PsNativeCommands.Commands);

    /// <summary>True when <c>Get-Command</c> would find the name.</summary>
    public static bool IsKnown(PsContext context, string name) =>
        context.Functions.ContainsKey(name) || s_commands.ContainsKey(Plain(name));

    /// <summary>Runs a command and returns what it gives out.</summary>
    public static async Task<List<object?>> Run(PsInterpreter interpreter, PsNode node, PsScope scope, List<object?>? input)
    {
        // A pipeline's element can be an expression with a redirection.
        object? target = await interpreter.Value(node.Children[0]!, scope).ConfigureAwait(false);
        bool isCommand = node.Text == "&" || node.Children[0]!.Kind is PsNodeKind.Literal or PsNodeKind.Expandable;
        if (!isCommand)
        {
            return [.. PsConvert.Items(target)];
        }

        var call = new PsCall(interpreter, PsConvert.ToText(target), scope, input);
        List<PsNode> redirects = await Bind(call, node).ConfigureAwait(false);
        int errors = call.Context.Error.Length;
        await Invoke(call, target).ConfigureAwait(false);
        foreach (PsNode redirect in redirects)
        {
            await Redirect(call, redirect, errors).ConfigureAwait(false);
        }

        return call.Output;
    }

    private static async Task Invoke(PsCall call, object? target)
    {
        if (target is PsScriptBlock block)
        {
            call.Output.AddRange(await call.Interpreter.Call(block, new PsScope(call.Scope), call.Positional, call.Named)
                .ConfigureAwait(false));
        }
        else if (call.Context.Functions.TryGetValue(call.Name, out PsScriptBlock? function))
        {
            var scope = new PsScope(call.Scope);
            scope.Set("input", call.Input?.ToArray());
            call.Output.AddRange(await call.Interpreter.Call(function, scope, call.Positional, call.Named).ConfigureAwait(false));
        }
        else if (s_commands.TryGetValue(Plain(call.Name), out Func<PsCall, Task>? command))
        {
            await command(call).ConfigureAwait(false);
        }
        else
        {
            call.Context.Note($"unknown command: {call.Name}");
        }
    }

    private static async Task<List<PsNode>> Bind(PsCall call, PsNode node)
    {
        var redirects = new List<PsNode>();
        for (int i = 1; i < node.Children.Length; i++)
        {
            PsNode child = node.Children[i]!;
            if (child.Kind == PsNodeKind.Redirect)
            {
                redirects.Add(child);
            }
            else if (child.Kind != PsNodeKind.Parameter)
            {
                Add(call, null, await call.Interpreter.Value(child, call.Scope).ConfigureAwait(false));
            }
            else if (child.Children[0] is { } given)
            {
                Add(call, child.Text, await call.Interpreter.Value(given, call.Scope).ConfigureAwait(false));
            }
            else if (!s_switches.Contains(child.Text)
                && node.Children.ElementAtOrDefault(i + 1) is { Kind: not (PsNodeKind.Parameter or PsNodeKind.Redirect) } next)
            {
                i++;
                Add(call, child.Text, await call.Interpreter.Value(next, call.Scope).ConfigureAwait(false));
            }
            else
            {
                Add(call, child.Text, true);
            }
        }

        return redirects;
    }

    private static void Add(PsCall call, string? name, object? value)
    {
        if (name is not null)
        {
            call.Named[name] = value;
            call.Raw.Add("-" + name);
            if (value is true)
            {
                return;
            }
        }
        else
        {
            call.Positional.Add(value);
        }

        call.Raw.AddRange(PsConvert.Items(value).Select(PsConvert.ToText));
    }

    private static async Task Redirect(PsCall call, PsNode redirect, int errors)
    {
        bool error = redirect.Text[0] is '2' or '*';
        bool output = redirect.Text[0] is not '2';
        string told = call.Context.Error.ToString(errors, call.Context.Error.Length - errors);
        if (redirect.Text.EndsWith("&1", StringComparison.Ordinal))
        {
            call.Context.Error.Length = errors;
            if (told.Length > 0) call.Output.Add(told.TrimEnd('\n'));
            return;
        }

        string path = PsConvert.ToText(await call.Interpreter.Value(redirect.Children[0]!, call.Scope).ConfigureAwait(false));
        string text = (output ? PsFormat.Text(call.Output) : string.Empty) + (error ? told : string.Empty);
        if (output) call.Output.Clear();
        if (error) call.Context.Error.Length = errors;
        if (path.Length > 0 && redirect.Text.Contains(">>"))
            call.Files.Append(path, text);
        else if (path.Length > 0)
            call.Files.Write(path, text);
    }

    // Programs are known by their name without path and extension.
    private static string Plain(string name)
    {
        string last = name.Substring(name.LastIndexOfAny(['\\', '/']) + 1);
        string bare = last.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? last.Substring(0, last.Length - 4) : last;
        return s_aliases.TryGetValue(bare, out string? full) ? full : bare;
    }

    private static Dictionary<string, Func<PsCall, Task>> Collect(
        params IReadOnlyDictionary<string, Func<PsCall, Task>>[] groups) =>
        groups.SelectMany(static g => g).ToDictionary(static c => c.Key, static c => c.Value, StringComparer.OrdinalIgnoreCase);
}
