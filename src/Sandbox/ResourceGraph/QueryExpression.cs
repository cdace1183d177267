using System.Globalization;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;

namespace ImageCmdlets.Sandbox.ResourceGraph;

/// <summary>Reads an expression of a query.</summary>
/// <param name="reader">The query, at the expression.</param>
/// <param name="columns">The columns that the rows have here.</param>
internal sealed class QueryExpression(QueryReader reader, IReadOnlyCollection<string> columns)
{
    private static readonly Dictionary<string, Func<JsonNode?, JsonNode?, bool>> s_comparisons = new(StringComparer.Ordinal)
    {
        ["=="] = static (left, right) => QueryValue.Same(left, right, StringComparison.Ordinal),
        ["!="] = static (left, right) => !QueryValue.Same(left, right, StringComparison.Ordinal),
        ["=~"] = static (left, right) => QueryValue.Same(left, right, StringComparison.OrdinalIgnoreCase),
        ["!~"] = static (left, right) => !QueryValue.Same(left, right, StringComparison.OrdinalIgnoreCase),
        ["<"] = static (left, right) => left is not null && QueryValue.Compare(left, right) < 0,
        ["<="] = static (left, right) => left is not null && QueryValue.Compare(left, right) <= 0,
        [">"] = static (left, right) => right is not null && QueryValue.Compare(left, right) > 0,
        [">="] = static (left, right) => right is not null && QueryValue.Compare(left, right) >= 0,
        ["contains"] = static (left, right) => Text(left).IndexOf(Text(right), StringComparison.OrdinalIgnoreCase) >= 0,
        ["startswith"] = static (left, right) => Text(left).StartsWith(Text(right), StringComparison.OrdinalIgnoreCase),
        ["endswith"] = static (left, right) => Text(left).EndsWith(Text(right), StringComparison.OrdinalIgnoreCase),
        ["has"] = static (left, right) => QueryValue.HasTerm(Text(left), Text(right)),
    };

    /// <summary>Reads it: what gives its value for a row.</summary>
    /// <exception cref="ArmException">400 InvalidQuery.</exception>
    public Func<JsonObject, JsonNode?> Read()
    {
        Func<JsonObject, JsonNode?> left = And();
        while (reader.TryTake("or"))
        {
            Func<JsonObject, JsonNode?> first = left, second = And();
            left = row => QueryValue.IsTrue(first(row)) || QueryValue.IsTrue(second(row));
        }

        return left;
    }

    private Func<JsonObject, JsonNode?> And()
    {
        Func<JsonObject, JsonNode?> left = Comparison();
        while (reader.TryTake("and"))
        {
            Func<JsonObject, JsonNode?> first = left, second = Comparison();
            left = row => QueryValue.IsTrue(first(row)) && QueryValue.IsTrue(second(row));
        }

        return left;
    }

    private Func<JsonObject, JsonNode?> Comparison()
    {
        Func<JsonObject, JsonNode?> left = Primary();
        string sign = reader.Current.Kind is QueryTokenKind.Word or QueryTokenKind.Sign ? reader.Current.Text : string.Empty;
        bool isNegated = sign.Length > 1 && sign[0] == '!' && char.IsLetter(sign[1]);
        string name = isNegated ? sign.Substring(1) : sign;
        if (name is "in" or "in~") return In(left, isNegated, name == "in~" ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
        if (!s_comparisons.TryGetValue(name, out Func<JsonNode?, JsonNode?, bool>? compare)) return left;
        reader.Take();
        Func<JsonObject, JsonNode?> right = Primary();
        return row => compare(left(row), right(row)) != isNegated;
    }

    private Func<JsonObject, JsonNode?> In(Func<JsonObject, JsonNode?> left, bool isNegated, StringComparison comparison)
    {
        reader.Take();
        reader.Require("(");
        IReadOnlyList<Func<JsonObject, JsonNode?>> all = reader.List(Primary);
        reader.Require(")");
        return row => all.Any(one => QueryValue.Same(left(row), one(row), comparison)) != isNegated;
    }

    private Func<JsonObject, JsonNode?> Primary()
    {
        QueryToken token = reader.Take();
        switch (token.Kind)
        {
            case QueryTokenKind.Text:
                return _ => token.Text;
            case QueryTokenKind.Number when long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out long number):
                return _ => number;
            case QueryTokenKind.Word when token.Text is "true" or "false":
                return _ => token.Text == "true";
            case QueryTokenKind.Word:
                return reader.Current.Is("(") ? Call(token) : Path(token);
            case QueryTokenKind.Sign when token.Text == "(":
                Func<JsonObject, JsonNode?> inner = Read();
                reader.Require(")");
                return inner;
            default:
                throw GraphErrors.Parser(token.Position, token.Text);
        }
    }

    private Func<JsonObject, JsonNode?> Call(QueryToken name)
    {
        int arity = QueryFunctions.Arity(name.Text) ?? throw GraphErrors.Language(name.Text);
        reader.Require("(");
        Func<JsonObject, JsonNode?>[] arguments = [.. reader.List(Read)];
        reader.Require(")");
        if (arguments.Length < arity) throw GraphErrors.Parser(name.Position, name.Text);
        return row => QueryFunctions.Call(name.Text, [.. arguments.Select(argument => argument(row))]);
    }

    // properties.storageProfile.imageReference.id, tags['owner'], zones[0]
    private Func<JsonObject, JsonNode?> Path(QueryToken column)
    {
        // A keyword is no column: the recorded refusal of "where where" is about what comes behind it.
        if (column.Text == "where") throw reader.Unexpected();
        if (!columns.Contains(column.Text)) throw GraphErrors.Column(column.Text);
        var steps = new List<QueryToken>();
        while (true)
        {
            if (reader.TryTake("."))
            {
                steps.Add(new QueryToken(QueryTokenKind.Text, reader.Name(), column.Position));
            }
            else if (reader.TryTake("["))
            {
                steps.Add(reader.Current.Kind is QueryTokenKind.Text or QueryTokenKind.Number ? reader.Take() : throw reader.Unexpected());
                reader.Require("]");
            }
            else
            {
                return row => steps.Aggregate(row[column.Text], Step);
            }
        }
    }

    private static JsonNode? Step(JsonNode? node, QueryToken step) => node switch
    {
        JsonObject branch => branch.TryGetPropertyValue(step.Text, out JsonNode? value) ? value : null,
        JsonArray list when int.TryParse(step.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < list.Count => list[index],
        _ => null,
    };

    private static string Text(JsonNode? value) => QueryValue.Text(value);
}
