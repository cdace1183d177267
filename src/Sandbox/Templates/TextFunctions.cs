using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using static ImageCmdlets.Sandbox.Templates.TemplateValues;

namespace ImageCmdlets.Sandbox.Templates;

/// <summary>Functions that make text.</summary>
internal static class TextFunctions
{
    private const string Base32 = "abcdefghijklmnopqrstuvwxyz234567";
    private const int UniqueLength = 13;

    public static IEnumerable<TemplateFunction> All { get; } =
    [
        new("format", 1, int.MaxValue, Format),
        new("toLower", 1, 1, static (f, a) => Text(f, a[0]).ToLowerInvariant()),
        new("toUpper", 1, 1, static (f, a) => Text(f, a[0]).ToUpperInvariant()),
        new("trim", 1, 1, static (f, a) => Text(f, a[0]).Trim()),
        new("string", 1, 1, static (_, a) => Display(a[0])),
        new("replace", 3, 3, static (f, a) => Replace(Text(f, a[0]), Text(f, a[1]), Text(f, a[2]))),
        new("split", 2, 2, Split),
        new("join", 2, 2, static (f, a) => string.Join(Text(f, a[1]), Items(f, a[0]).Select(Display))),
        new("substring", 2, 3, Substring),
        new("startsWith", 2, 2, static (f, a) => Text(f, a[0]).StartsWith(Text(f, a[1]), StringComparison.OrdinalIgnoreCase)),
        new("endsWith", 2, 2, static (f, a) => Text(f, a[0]).EndsWith(Text(f, a[1]), StringComparison.OrdinalIgnoreCase)),
        new("indexOf", 2, 2, static (f, a) => Text(f, a[0]).IndexOf(Text(f, a[1]), StringComparison.OrdinalIgnoreCase)),
        new("padLeft", 2, 3, PadLeft),
        new("base64", 1, 1, static (f, a) => Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(f, a[0])))),
        new("uniqueString", 1, int.MaxValue, UniqueString),
        new("guid", 1, int.MaxValue, static (f, a) => new Guid([.. Hash(f, a).Take(16)]).ToString()),
    ];

    private static JsonNode Format(string function, IReadOnlyList<JsonNode?> arguments)
    {
        try
        {
            object?[] values = [.. arguments.Skip(1).Select(Boxed)];
            return string.Format(CultureInfo.InvariantCulture, Text(function, arguments[0]), values);
        }
        catch (FormatException)
        {
            throw new TemplateException(
                "Unable to evaluate template language function 'format': the format is invalid: 'Index (zero based) must be " +
                "greater than or equal to zero and less than the size of the argument list.'. " +
                "Please see https://aka.ms/arm-functions#format for usage details.");
        }
    }

    // Numbers stay numbers, so that {0:D3} works.
    private static object Boxed(JsonNode? value) => TypeOf(value) == "Integer" ? Number("format", value) : Display(value);

    private static string Replace(string text, string old, string replacement) =>
        old.Length == 0 ? text : text.Replace(old, replacement);

    private static JsonArray Split(string function, IReadOnlyList<JsonNode?> arguments)
    {
        string[] delimiters = arguments[1] is JsonArray several
            ? [.. several.Select(item => Text(function, item))]
            : [Text(function, arguments[1])];
        string[] parts = Text(function, arguments[0]).Split(delimiters, StringSplitOptions.None);
        return new JsonArray([.. parts.Select(static part => (JsonNode)part)]);
    }

    private static JsonNode Substring(string function, IReadOnlyList<JsonNode?> arguments)
    {
        string text = Text(function, arguments[0]);
        long start = Number(function, arguments[1]);
        long length = arguments.Count > 2 ? Number(function, arguments[2]) : text.Length - start;
        if (start >= 0 && length >= 0 && start + length <= text.Length) return text.Substring((int)start, (int)length);
        throw new TemplateException(
            "The index and length parameters of the template language function 'substring' must refer to a location within the " +
            $"string. The index parameter: '{start}', the length parameter: '{length}', the length of the string parameter: " +
            $"'{text.Length}'. Please see https://aka.ms/arm-functions#substring for usage details.");
    }

    private static JsonNode PadLeft(string function, IReadOnlyList<JsonNode?> arguments)
    {
        char filler = arguments.Count > 2 ? Text(function, arguments[2])[0] : ' ';
        return Display(arguments[0]).PadLeft((int)Number(function, arguments[1]), filler);
    }

    // Azure does not publish its hash. This one has the same form: 13 lower-case characters, the same for the same arguments.
    private static JsonNode UniqueString(string function, IReadOnlyList<JsonNode?> arguments) =>
        new string([.. Hash(function, arguments).Take(UniqueLength).Select(static b => Base32[b % Base32.Length])]);

    private static byte[] Hash(string function, IReadOnlyList<JsonNode?> arguments)
    {
        using var sha = SHA256.Create();
        return sha.ComputeHash(Encoding.UTF8.GetBytes(string.Join("-", arguments.Select(a => Text(function, a)))));
    }
}
