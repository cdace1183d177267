using System.Globalization;

namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>Properties and methods of values.</summary>
internal static class PsMembers
{
    /// <summary>A property. Of a collection it is that of every item, unless the collection has one itself.</summary>
    public static object? Get(object? target, string name)
    {
        string lower = name.ToLowerInvariant();
        switch (target)
        {
            case null:
                return lower == "count" ? 0L : null;
            case PsTable table when table.Has(name):
                return table[name];
            case PsTable { IsObject: false } table when lower == "keys":
                return table.Names.Cast<object?>().ToArray();
            case PsTable { IsObject: false } table when lower == "values":
                return table.Select(static p => p.Value).ToArray();
            case PsTable { IsObject: false } table when lower == "count":
                return (long)table.Count;
            case object?[] items:
                return lower is "count" or "length"
                    ? (long)items.Length
                    : PsConvert.Unwrap([.. items.SelectMany(i => PsConvert.Items(Get(i, name)))]);
            case string text when lower == "length":
                return (long)text.Length;
            case byte[] bytes when lower is "count" or "length":
                return (long)bytes.Length;
            case GuestProcess process:
                return Process(process, lower);
            case DateTimeOffset time:
                return Time(time, lower);
            case TimeSpan span:
                return Span(span, lower);
            default:
                return lower is "count" or "length" && target is not PsTable ? 1L : null;
        }
    }

    /// <summary>Sets a property.</summary>
    public static void Set(object? target, string name, object? value)
    {
        if (target is not PsTable table)
        {
            throw new PsException(
                $"The property '{name}' cannot be found on this object. Verify that the property exists and can be set.");
        }

        table[name] = value;
    }

    /// <summary>An item by position, name or several positions.</summary>
    public static object? Index(object? target, object? index)
    {
        if (index is object?[] many)
        {
            return many.Select(i => Index(target, i)).ToArray();
        }

        switch (target)
        {
            case PsTable table:
                return index is long position && !table.Has(PsConvert.ToText(index))
                    ? table.ElementAtOrDefault((int)position).Value
                    : table[PsConvert.ToText(index)];
            case object?[] items:
                return At(items.Length, index) is { } at ? items[at] : null;
            case string text:
                return At(text.Length, index) is { } letter ? text[letter].ToString() : null;
            default:
                return index is 0L ? target : null;
        }
    }

    /// <summary>Calls a method.</summary>
    public static object? Invoke(object? target, string name, IReadOnlyList<object?> arguments)
    {
        string lower = name.ToLowerInvariant();
        if (lower == "tostring")
        {
            return target is DateTimeOffset moment && arguments.Count > 0
                ? moment.UtcDateTime.ToString(PsConvert.ToText(arguments[0]), CultureInfo.InvariantCulture)
                : PsConvert.ToText(target);
        }

        return target switch
        {
            null => throw new PsException("You cannot call a method on a null-valued expression."),
            string text => PsText.Invoke(text, lower, arguments),
            DateTimeOffset time => Add(time, lower, arguments),
            PsTable table => Table(table, lower, arguments),
            Stream stream => PsStreams.Invoke(stream, lower, arguments),
            object?[] items when lower == "contains" => items.Any(i => PsConvert.Same(i, arguments[0], matchCase: false)),
            _ => null,
        };
    }

    private static int? At(int length, object? index)
    {
        long at = PsConvert.ToInt(index);
        at = at < 0 ? at + length : at;
        return at >= 0 && at < length ? (int)at : null;
    }

    private static object? Process(GuestProcess process, string name) => name switch
    {
        "hasexited" => process.HasExited,
        "exitcode" => process.HasExited ? (long)process.ExitCode : null,
        "id" or "handle" => (long)process.Id,
        "name" or "processname" => process.Name,
        _ => null,
    };

    private static object? Time(DateTimeOffset time, string name) => name switch
    {
        "ticks" => time.UtcTicks,
        "year" => (long)time.Year,
        "hour" => (long)time.Hour,
        "minute" => (long)time.Minute,
        "second" => (long)time.Second,
        _ => null,
    };

    private static object? Span(TimeSpan span, string name) => name switch
    {
        "totalseconds" => PsConvert.FromNumber(span.TotalSeconds, whole: true),
        "totalminutes" => PsConvert.FromNumber(span.TotalMinutes, whole: true),
        "totalmilliseconds" => PsConvert.FromNumber(span.TotalMilliseconds, whole: true),
        "seconds" => (long)span.Seconds,
        "minutes" => (long)span.Minutes,
        _ => null,
    };

    private static object? Add(DateTimeOffset time, string name, IReadOnlyList<object?> arguments)
    {
        double value = PsConvert.ToNumber(arguments.Count > 0 ? arguments[0] : null) ?? 0;
        return name switch
        {
            "addseconds" => time.AddSeconds(value),
            "addminutes" => time.AddMinutes(value),
            "addhours" => time.AddHours(value),
            "adddays" => time.AddDays(value),
            "subtract" when arguments[0] is DateTimeOffset other => time - other,
            _ => time,
        };
    }

    private static bool? Table(PsTable table, string name, IReadOnlyList<object?> arguments)
    {
        switch (name)
        {
            case "containskey" or "contains":
                return table.Has(PsConvert.ToText(arguments[0]));
            case "add":
                table[PsConvert.ToText(arguments[0])] = arguments[1];
                return null;
            case "remove":
                table.Remove(PsConvert.ToText(arguments[0]));
                return null;
            default:
                return null;
        }
    }
}
