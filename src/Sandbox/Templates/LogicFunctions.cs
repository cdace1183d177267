using System.Globalization;
using System.Text.Json.Nodes;
using static ImageCmdlets.Sandbox.Templates.TemplateValues;

namespace ImageCmdlets.Sandbox.Templates;

/// <summary>Functions of booleans and numbers. <c>if</c> is the evaluator's, for it leaves one branch alone.</summary>
internal static class LogicFunctions
{
    public static IEnumerable<TemplateFunction> All { get; } =
    [
        new("equals", 2, 2, static (_, a) => Same(a[0], a[1])),
        new("not", 1, 1, static (f, a) => !Flag(f, a[0])),
        new("and", 2, int.MaxValue, static (f, a) => a.All(value => Flag(f, value))),
        new("or", 2, int.MaxValue, static (f, a) => a.Any(value => Flag(f, value))),
        new("true", 0, 0, static (_, _) => true),
        new("false", 0, 0, static (_, _) => false),
        new("null", 0, 0, static (_, _) => null),
        new("bool", 1, 1, ToFlag),
        new("int", 1, 1, ToNumber),
        new("less", 2, 2, static (f, a) => Number(f, a[0]) < Number(f, a[1])),
        new("lessOrEquals", 2, 2, static (f, a) => Number(f, a[0]) <= Number(f, a[1])),
        new("greater", 2, 2, static (f, a) => Number(f, a[0]) > Number(f, a[1])),
        new("greaterOrEquals", 2, 2, static (f, a) => Number(f, a[0]) >= Number(f, a[1])),
        new("add", 2, 2, static (f, a) => Number(f, a[0]) + Number(f, a[1])),
        new("sub", 2, 2, static (f, a) => Number(f, a[0]) - Number(f, a[1])),
        new("mul", 2, 2, static (f, a) => Number(f, a[0]) * Number(f, a[1])),
        new("div", 2, 2, static (f, a) => Number(f, a[0]) / Divisor(f, a[1])),
        new("mod", 2, 2, static (f, a) => Number(f, a[0]) % Divisor(f, a[1])),
        new("min", 1, int.MaxValue, static (f, a) => a.Min(value => Number(f, value))),
        new("max", 1, int.MaxValue, static (f, a) => a.Max(value => Number(f, value))),
        new("coalesce", 1, int.MaxValue, static (_, a) => a.FirstOrDefault(static value => value is not null)?.DeepClone()),
    ];

    private static JsonNode ToFlag(string function, IReadOnlyList<JsonNode?> arguments) => Display(arguments[0]) switch
    {
        "1" => true,
        "0" => false,
        { } text when bool.TryParse(text, out bool flag) => flag,
        _ => Flag(function, arguments[0]),
    };

    private static JsonNode ToNumber(string function, IReadOnlyList<JsonNode?> arguments) =>
        long.TryParse(Display(arguments[0]), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : Number(function, arguments[0]);

    private static long Divisor(string function, JsonNode? value) => Number(function, value) is not 0 and { } divisor
        ? divisor
        : throw new TemplateException(
            $"The template language function '{function}' cannot divide by zero. " +
            $"Please see https://aka.ms/arm-functions#{function} for usage details.");
}
