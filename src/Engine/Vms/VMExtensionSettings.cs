using System.Collections;
using System.Globalization;
using System.Security;
using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Engine.Vms;

/// <summary>Makes JSON of the tables with an extension's settings.</summary>
internal static class VMExtensionSettings
{
    // Nobody writes a deeper table; one that contains itself is as deep as one likes.
    private const int Deepest = 32;

    /// <summary>A table as JSON.</summary>
    /// <exception cref="ImageCmdletsException">InvalidArgument: something in it has no form in JSON. The message names the place, never a value.</exception>
    public static JsonObject Of(IDictionary table) => Table(table, string.Empty, 0);

    /// <summary>All texts in a table that is secret, SecureStrings among them.</summary>
    public static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject table => table.SelectMany(member => Texts(member.Value)),
        JsonArray list => list.SelectMany(Texts),
        JsonValue value when value.TryGetValue(out string? text) => [text],
        _ => [],
    };

    private static JsonObject Table(IDictionary table, string place, int depth)
    {
        var result = new JsonObject();
        foreach (DictionaryEntry entry in table)
        {
            string name = Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!;
            result[name] = Node(entry.Value, place.Length == 0 ? name : $"{place}.{name}", depth + 1);
        }

        return result;
    }

    private static JsonNode? Node(object? value, string place, int depth) => value switch
    {
        _ when depth > Deepest => throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"The settings of an extension are too deep at '{place}'.", place, $"Pass tables of at most {Deepest} levels."),
        null => null,
        string text => text,
        char character => character.ToString(),
        SecureString secret => SecretText.Reveal(secret),
        bool truth => truth,
        int number => number,
        long number => number,
        double number => number,
        decimal number => number,
        IConvertible other and not DateTime and not Enum => JsonValue.Create(other.ToDecimal(CultureInfo.InvariantCulture)),
        DateTime or DateTimeOffset or Guid or Uri or Version or Enum => JsonValue.Create(string.Format(CultureInfo.InvariantCulture, value is DateTime or DateTimeOffset ? "{0:o}" : "{0}", value)),
        IDictionary table => Table(table, place, depth),
        IEnumerable items => new JsonArray([.. items.Cast<object?>().Select((item, index) => Node(item, $"{place}[{index.ToString(CultureInfo.InvariantCulture)}]", depth + 1))]),
        _ => throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"The settings of an extension have a {value.GetType().Name} at '{place}', which has no form in JSON.", place,
            "Pass texts, numbers, truth values, lists and tables."),
    };
}
