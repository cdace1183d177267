using System.Globalization;
using System.Text.RegularExpressions;

namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>Cmdlets that make, choose and write objects.</summary>
internal static class PsObjectCommands
{
    public static IReadOnlyDictionary<string, Func<PsCall, Task>> Commands { get; } = new Dictionary<string, Func<PsCall, Task>>
    {
        ["Write-Output"] = Do(static c => c.Output.AddRange(
            c.Named.Has("InputObject") ? PsConvert.Items(c.Named["InputObject"])
            : c.Positional.Count > 0 ? c.Positional.SelectMany(PsConvert.Items)
            : c.Input ?? [])),
        ["Write-Host"] = Do(static c => c.Output.Add(string.Join(" ",
            c.Positional.Append(c.Get(-1, "Object")).SelectMany(PsConvert.Items).Select(PsConvert.ToText)))),
        ["Write-Information"] = Do(static _ => { }),
        ["Write-Verbose"] = Do(static _ => { }),
        ["Write-Debug"] = Do(static _ => { }),
        ["Write-Progress"] = Do(static _ => { }),
        ["Write-Warning"] = Do(static c => c.Output.Add("WARNING: " + c.Text(0, "Message"))),
        ["Write-Error"] = Do(static c => c.Fail(c.Text(0, "Message"))),
        ["Out-Null"] = Do(static _ => { }),
        ["Out-Default"] = Do(static c => c.Output.AddRange(c.Input ?? [])),
        ["Out-String"] = Do(static c => c.Output.Add(PsFormat.Text(c.Input ?? []).Replace("\n", "\r\n"))),
        ["Set-StrictMode"] = Do(static _ => { }),
        ["Import-Module"] = Do(static _ => { }),
        ["Start-Transcript"] = Do(static _ => { }),
        ["Stop-Transcript"] = Do(static _ => { }),
        ["ForEach-Object"] = ForEach,
        ["Where-Object"] = Where,
        ["Select-Object"] = Select,
        ["Sort-Object"] = Sort,
        ["Measure-Object"] = Do(
            static c => c.Output.Add(new PsTable(isObject: true) { ["Count"] = (long)(c.Input?.Count ?? 0) })),
        ["ConvertTo-Json"] = Do(ToJson),
        ["ConvertFrom-Json"] = Do(
            static c => c.Output.AddRange(PsConvert.Items(PsJson.Read(string.Join("\n", c.Texts(0, "InputObject")))))),
        ["Select-String"] = Do(SelectString),
        ["Get-Date"] = Do(GetDate),
        ["Get-Random"] = Do(static c => c.Output.Add((long)(c.Machine.Now.Ticks % 1000))),
        ["New-TimeSpan"] = Do(static c => c.Output.Add(
            TimeSpan.FromSeconds(Seconds(c, "Seconds") + (60 * Seconds(c, "Minutes")) + (3600 * Seconds(c, "Hours"))))),
        ["New-Object"] = Do(static c => c.Output.Add(
            (object?)PsStreams.Create(new PsTypeName(c.Text(0, "TypeName")), PsConvert.Items(c.Get(1, "ArgumentList")))
            ?? (c.Get(-1, "Property") as PsTable ?? new PsTable(isObject: true)).As(isObject: true))),
        ["Get-Command"] = Do(GetCommand),
        ["Start-Sleep"] = static c => c.Machine.Delay(TimeSpan.FromSeconds(PsConvert.ToNumber(c.Get(0, "Seconds")) ?? 0)
            + TimeSpan.FromMilliseconds(Seconds(c, "Milliseconds"))),
    };

    /// <summary>A cmdlet that does not wait.</summary>
    public static Func<PsCall, Task> Do(Action<PsCall> action) => call =>
    {
        action(call);
        return Task.CompletedTask;
    };

    private static double Seconds(PsCall call, string name) => PsConvert.ToNumber(call.Get(-1, name)) ?? 0;

    private static async Task ForEach(PsCall call)
    {
        foreach (object? item in call.Input ?? [])
        {
            if (call.Get(0, "Process") is PsScriptBlock block)
            {
                call.Output.AddRange(await With(call, block, item).ConfigureAwait(false));
            }
            else
            {
                call.Output.AddRange(PsConvert.Items(PsMembers.Get(item, call.Text(0, "MemberName"))));
            }
        }
    }

    private static async Task Where(PsCall call)
    {
        foreach (object? item in call.Input ?? [])
        {
            bool keep = call.Get(0, "FilterScript") is PsScriptBlock block
                ? PsConvert.ToBool(PsConvert.Unwrap(await With(call, block, item).ConfigureAwait(false)))
                : Compares(call, item);
            if (keep)
            {
                call.Output.Add(item);
            }
        }
    }

    // Where-Object Name -eq value: the operator is a parameter.
    private static bool Compares(PsCall call, object? item)
    {
        object? value = PsMembers.Get(item, call.Text(0, "Property"));
        foreach (KeyValuePair<string, object?> sign in call.Named.Where(static n => n.Key.Length <= 11))
        {
            return PsConvert.ToBool(PsOperators.Apply(sign.Key.ToLowerInvariant(), value, sign.Value, call.Scope));
        }

        return PsConvert.ToBool(value);
    }

    private static Task<List<object?>> With(PsCall call, PsScriptBlock block, object? item)
    {
        // The block shares the caller's variables; only $_ is its own.
        call.Scope.Set("_", item);
        return call.Interpreter.Call(block, call.Scope, [], new PsTable(isObject: false));
    }

    private static async Task Select(PsCall call)
    {
        IEnumerable<object?> items = call.Input ?? [];
        if (call.Get(-1, "ExpandProperty") is { } expand)
        {
            items = items.SelectMany(i => PsConvert.Items(PsMembers.Get(i, PsConvert.ToText(expand)))).ToArray();
        }
        else if (call.Get(0, "Property") is { } properties)
        {
            var chosen = new List<object?>();
            foreach (object? item in items) chosen.Add(await Project(call, item, properties).ConfigureAwait(false));
            items = chosen;
        }

        if (call.Has("Unique")) items = items.Distinct();
        if (call.Get(-1, "Skip") is { } skip) items = items.Skip((int)PsConvert.ToInt(skip));
        if (call.Get(-1, "First") is { } first) items = items.Take((int)PsConvert.ToInt(first));
        if (call.Get(-1, "Last") is { } last)
        {
            object?[] all = [.. items];
            items = all.Skip(all.Length - (int)PsConvert.ToInt(last));
        }

        call.Output.AddRange(items);
    }

    private static async Task<PsTable> Project(PsCall call, object? item, object? properties)
    {
        var result = new PsTable(isObject: true);
        foreach (object? property in PsConvert.Items(properties))
        {
            if (property is PsTable computed)
            {
                object? expression = computed["Expression"] ?? computed["E"];
                string name = PsConvert.ToText(computed["Name"] ?? computed["N"] ?? computed["Label"]);
                result[name] = expression is PsScriptBlock block
                    ? PsConvert.Unwrap(await With(call, block, item).ConfigureAwait(false))
                    : PsMembers.Get(item, PsConvert.ToText(expression));
            }
            else if (PsConvert.ToText(property) == "*" && item is PsTable all)
            {
                foreach (KeyValuePair<string, object?> value in all) result[value.Key] = value.Value;
            }
            else
            {
                result[PsConvert.ToText(property)] = PsMembers.Get(item, PsConvert.ToText(property));
            }
        }

        return result;
    }

    private static async Task Sort(PsCall call)
    {
        object? by = call.Get(0, "Property");
        var keyed = new List<(object? Key, object? Item)>();
        foreach (object? item in call.Input ?? [])
        {
            object? key = by is PsScriptBlock block
                ? PsConvert.Unwrap(await With(call, block, item).ConfigureAwait(false))
                : by is null ? item : PsMembers.Get(item, PsConvert.ToText(by));
            keyed.Add((key, item));
        }

        Comparer<object?> order = Comparer<object?>.Create(PsConvert.Compare);
        IEnumerable<object?> sorted = (call.Has("Descending")
            ? keyed.OrderByDescending(static k => k.Key, order)
            : keyed.OrderBy(static k => k.Key, order)).Select(static k => k.Item);
        call.Output.AddRange(call.Has("Unique") ? sorted.Distinct() : sorted);
    }

    private static void ToJson(PsCall call)
    {
        object? value = call.Named.Has("InputObject")
            ? call.Named["InputObject"]
            : call.Input is null ? call.Get(0, "InputObject") : PsConvert.Unwrap(call.Input);
        call.Output.Add(PsJson.Write(value, call.Has("Compress")));
    }

    private static void SelectString(PsCall call)
    {
        string[] patterns = [.. PsConvert.Items(call.Get(0, "Pattern")).Select(PsConvert.ToText)];
        IEnumerable<string> lines = call.Get(1, "Path", "LiteralPath") is { } path
            ? call.Files.Match(PsConvert.ToText(path)).SelectMany(f => PsItemCommands.Lines(call.Files.Read(f) ?? string.Empty))
            : (call.Input ?? []).Select(PsConvert.ToText);
        bool simple = call.Has("SimpleMatch");
        Regex[] expressions = [.. patterns.Select(p => new Regex(simple ? Regex.Escape(p) : p, RegexOptions.IgnoreCase))];
        foreach (string line in lines.Where(l => expressions.Any(e => e.IsMatch(l))))
        {
            call.Output.Add(call.Has("Quiet") ? true : new PsTable(isObject: true) { ["Line"] = line });
            if (call.Has("Quiet"))
            {
                return;
            }
        }
    }

    private static void GetDate(PsCall call)
    {
        DateTime now = call.Machine.Now.UtcDateTime;
        string format = call.Text(-1, "Format");
        string unix = call.Text(-1, "UFormat");
        call.Output.Add(format.Length > 0
            ? now.ToString(format == "o" ? "O" : format, CultureInfo.InvariantCulture)
            : unix == "%s" ? call.Machine.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) : call.Machine.Now);
    }

    private static void GetCommand(PsCall call)
    {
        foreach (string name in call.Texts(0, "Name"))
        {
            if (PsCommands.IsKnown(call.Context, name))
                call.Output.Add(new PsTable(isObject: true) { ["Name"] = name });
            else
                call.Fail($"The term '{name}' is not recognized as the name of a cmdlet, function, or operable program.");
        }
    }
}
