using System.Globalization;
using System.Text.RegularExpressions;

namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>PowerShell's binary operators. A collection on the left side of a comparison is filtered.</summary>
internal static class PsOperators
{
    /// <summary>Applies an operator.</summary>
    /// <param name="sign">The operator without its hyphen.</param>
    /// <param name="left">Left side.</param>
    /// <param name="right">Right side.</param>
    /// <param name="scope">Gets <c>$Matches</c>.</param>
    public static object? Apply(string sign, object? left, object? right, PsScope scope)
    {
        bool matchCase = sign.Length > 2 && sign[0] == 'c' && sign is not "contains";
        string name = sign.Length > 2 && sign[0] is 'c' or 'i' && sign is not ("contains" or "in" or "is" or "isnot")
            ? sign.Substring(1)
            : sign;
        switch (name)
        {
            case "+" or "-" or "*" or "/" or "%":
                return Arithmetic(name, left, right);
            case "..":
                return Range(PsConvert.ToInt(left), PsConvert.ToInt(right));
            case "f":
                return Format(PsConvert.ToText(left), PsConvert.Items(right));
            case "join":
                return string.Join(PsConvert.ToText(right), PsConvert.Items(left).Select(PsConvert.ToText));
            case "split":
                return PsConvert.Items(left).SelectMany(i => Split(PsConvert.ToText(i), right)).Cast<object?>().ToArray();
            case "replace":
                return Each(left, i => Replace(PsConvert.ToText(i), PsConvert.Items(right), matchCase));
            case "contains" or "notcontains":
                return PsConvert.Items(left).Any(i => PsConvert.Same(i, right, matchCase)) == (name == "contains");
            case "in" or "notin":
                return PsConvert.Items(right).Any(i => PsConvert.Same(i, left, matchCase)) == (name == "in");
            case "is" or "isnot":
                return Is(left, right) == (name == "is");
            case "as":
                return right is PsTypeName type ? PsTypes.Cast(type.Name, left) : left;
            case "xor":
                return PsConvert.ToBool(left) != PsConvert.ToBool(right);
            case "band" or "bor":
                return name == "band"
                    ? PsConvert.ToInt(left) & PsConvert.ToInt(right)
                    : PsConvert.ToInt(left) | PsConvert.ToInt(right);
            default:
                return left is object?[] items
                    ? items.Where(i => Holds(name, i, right, matchCase, scope)).ToArray()
                    : Holds(name, left, right, matchCase, scope);
        }
    }

    private static bool Holds(string name, object? left, object? right, bool matchCase, PsScope scope) => name switch
    {
        "eq" => PsConvert.Same(left, right, matchCase),
        "ne" => !PsConvert.Same(left, right, matchCase),
        "lt" => PsConvert.Compare(left, right) < 0,
        "le" => PsConvert.Compare(left, right) <= 0,
        "gt" => PsConvert.Compare(left, right) > 0,
        "ge" => PsConvert.Compare(left, right) >= 0,
        "like" => GuestFileSystem.Fits(PsConvert.ToText(left), PsConvert.ToText(right), !matchCase),
        "notlike" => !GuestFileSystem.Fits(PsConvert.ToText(left), PsConvert.ToText(right), !matchCase),
        "match" => Match(PsConvert.ToText(left), PsConvert.ToText(right), matchCase, scope),
        "notmatch" => !Match(PsConvert.ToText(left), PsConvert.ToText(right), matchCase, scope),
        _ => throw new PsException($"The operator -{name} is not known."),
    };

    private static bool Match(string text, string pattern, bool matchCase, PsScope scope)
    {
        Match match = Regex.Match(text, pattern, matchCase ? RegexOptions.None : RegexOptions.IgnoreCase);
        if (match.Success)
        {
            var groups = new PsTable(isObject: false);
            foreach (string name in new Regex(pattern).GetGroupNames().Where(n => match.Groups[n].Success))
            {
                groups[name] = match.Groups[name].Value;
            }

            scope.Set("Matches", groups);
        }

        return match.Success;
    }

    private static object? Each(object? value, Func<object?, object?> change) =>
        value is object?[] items ? items.Select(change).ToArray() : change(value);

    private static string Replace(string text, IReadOnlyList<object?> by, bool matchCase) => Regex.Replace(
        text,
        by.Count > 0 ? PsConvert.ToText(by[0]) : string.Empty,
        by.Count > 1 ? PsConvert.ToText(by[1]) : string.Empty,
        matchCase ? RegexOptions.None : RegexOptions.IgnoreCase);

    private static string[] Split(string text, object? by)
    {
        IReadOnlyList<object?> parts = PsConvert.Items(by);
        return Regex.Split(text, parts.Count > 0 ? PsConvert.ToText(parts[0]) : @"\s+");
    }

    private static object?[] Range(long from, long to)
    {
        IEnumerable<object?> numbers = Enumerable.Range(0, (int)Math.Abs(to - from) + 1)
            .Select(i => (object?)(from <= to ? from + i : from - i));
        return [.. numbers];
    }

    private static string Format(string format, IReadOnlyList<object?> values) =>
        string.Format(CultureInfo.InvariantCulture, format,
            [.. values.Select(static v => v is DateTimeOffset time ? time.UtcDateTime : v)]);

    private static object? Arithmetic(string sign, object? left, object? right)
    {
        switch (left)
        {
            case DateTimeOffset time when right is DateTimeOffset other && sign == "-":
                return time - other;
            case DateTimeOffset time when right is TimeSpan span:
                return sign == "-" ? time - span : time + span;
            case string text when sign == "+":
                return text + PsConvert.ToText(right);
            case string text when sign == "*":
                return string.Concat(Enumerable.Repeat(text, (int)PsConvert.ToInt(right)));
            case object?[] items when sign == "+":
                return items.Concat(PsConvert.Items(right)).ToArray();
            case PsTable table when sign == "+" && right is PsTable more:
                PsTable sum = table.As(isObject: false);
                foreach (KeyValuePair<string, object?> value in more) sum[value.Key] = value.Value;
                return sum;
            case null when sign == "+":
                return right;
        }

        double a = Number(left);
        double b = Number(right);
        bool whole = left is not double && right is not double;
        return sign switch
        {
            "+" => PsConvert.FromNumber(a + b, whole),
            "-" => PsConvert.FromNumber(a - b, whole),
            "*" => PsConvert.FromNumber(a * b, whole),
            "/" when b == 0 => throw new PsException("Attempted to divide by zero."),
            "/" => PsConvert.FromNumber(a / b, whole),
            _ => PsConvert.FromNumber(a % b, whole),
        };
    }

    private static double Number(object? value) => PsConvert.ToNumber(value) ?? throw new PsException(
        $"Cannot convert value \"{PsConvert.ToText(value)}\" to type \"System.Int32\".");

    private static bool Is(object? value, object? type) => (type as PsTypeName)?.Short switch
    {
        "string" => value is string,
        "int" or "int32" or "long" or "int64" => value is long,
        "bool" or "boolean" => value is bool,
        "array" or "object[]" => value is object?[],
        "hashtable" => value is PsTable { IsObject: false },
        "datetime" => value is DateTimeOffset,
        _ => false,
    };
}
