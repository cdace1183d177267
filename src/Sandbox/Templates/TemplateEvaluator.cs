using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Templates;

/// <summary>Replaces the expressions of a template by their values.</summary>
internal sealed class TemplateEvaluator(TemplateScope scope)
{
    private const string Copy = "copy";
    private const int MostTurns = 800;

    private readonly HashSet<string> _open = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A copy of a part of the template with all expressions evaluated.</summary>
    /// <exception cref="TemplateException">An expression is wrong.</exception>
    /// <exception cref="RuntimeOnlyException">An expression has no value before the deployment runs.</exception>
    public JsonNode? Resolve(JsonNode? node) => node switch
    {
        JsonObject json => ResolveObject(json),
        JsonArray array => new JsonArray([.. array.Select(Resolve)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Text(value.GetValue<string>()),
        _ => node?.DeepClone(),
    };

    /// <summary>The value of a string: of its expression, or itself.</summary>
    public JsonNode? Text(string text) => ExpressionParser.IsExpression(text)
        ? Evaluate(ExpressionParser.Parse(text))
        : JsonValue.Create(ExpressionParser.Unescape(text));

    public JsonNode? Evaluate(Expression expression) => expression switch
    {
        LiteralExpression literal => literal.Value.DeepClone(),
        PropertyExpression property => Property(Evaluate(property.Owner), Evaluate(property.Key)),
        CallExpression call => Call(call),
        _ => null,
    };

    /// <summary>The values of a loop without a name, such as that of an output.</summary>
    /// <param name="loop">Its <c>count</c> and <c>input</c>.</param>
    public JsonArray Repeat(JsonObject loop) => Repeat(loop, TemplateScope.DefaultLoop, loop["input"]);

    private JsonObject ResolveObject(JsonObject json)
    {
        JsonObject resolved = JsonText.NewObject();
        foreach (KeyValuePair<string, JsonNode?> property in json)
        {
            if (property.Value is JsonArray loops && IsCopy(property.Key, loops))
            {
                foreach (JsonNode? loop in loops)
                    resolved[loop.Text("name")!] = Repeat(loop!, loop.Text("name")!, loop!["input"]);
            }
            else
            {
                resolved[property.Key] = Resolve(property.Value);
            }
        }

        return resolved;
    }

    private static bool IsCopy(string name, JsonArray value) =>
        string.Equals(name, Copy, StringComparison.OrdinalIgnoreCase) &&
        value.All(static loop => loop is JsonObject json && json.ContainsKey("name") && json.ContainsKey("input"));

    private JsonArray Repeat(JsonNode loop, string name, JsonNode? input)
    {
        long count = TemplateValues.Number(Copy, Resolve(loop["count"]));
        // The limit is documented, its text is an assumption.
        if (count is < 0 or > MostTurns)
        {
            throw new TemplateException(
                $"The copy count '{count}' is not valid. The value must be between '0' and '{MostTurns}'. " +
                "Please see https://aka.ms/arm-copy for usage details.");
        }

        return new JsonArray(
            [.. Enumerable.Range(0, (int)count).Select(i => new TemplateEvaluator(scope.Within(name, i)).Resolve(input))]);
    }

    private static JsonNode? Property(JsonNode? owner, JsonNode? key)
    {
        if (owner is JsonArray array)
        {
            long index = TemplateValues.Number("[]", key);
            if (index >= 0 && index < array.Count) return array[(int)index]?.DeepClone();
            throw new TemplateException(
                $"The language expression property array index '{index}' is out of bounds.");
        }

        string name = TemplateValues.Display(key);
        if (owner is not JsonObject json)
        {
            throw new TemplateException(
                $"The language expression property '{name}' can't be evaluated, property name must be a string " +
                "and its owner an object.");
        }

        if (json.TryGetPropertyValue(name, out JsonNode? value)) return value?.DeepClone();
        throw new TemplateException(
            $"The language expression property '{name}' doesn't exist, available properties are " +
            $"'{string.Join(", ", json.Select(static property => property.Key))}'.");
    }

    private JsonNode? Call(CallExpression call)
    {
        if (string.Equals(call.Function, "if", StringComparison.OrdinalIgnoreCase))
        {
            FunctionTable.CheckCount("if", call.Arguments.Count, 3, 3);
            bool test = TemplateValues.Flag("if", Evaluate(call.Arguments[0]));
            return Evaluate(call.Arguments[test ? 1 : 2]);
        }

        JsonNode?[] arguments = [.. call.Arguments.Select(Evaluate)];
        return call.Function.ToLowerInvariant() switch
        {
            "parameters" => Parameter(arguments),
            "variables" => Variable(arguments),
            { } name when DeploymentFunctions.Knows(name) => DeploymentFunctions.Call(scope, name, arguments),
            _ => FunctionTable.Call(call.Function, arguments),
        };
    }

    private JsonNode? Parameter(JsonNode?[] arguments)
    {
        FunctionTable.CheckCount("parameters", arguments.Length, 1, 1);
        string name = TemplateValues.Text("parameters", arguments[0]);
        if (scope.Parameters.TryGetPropertyValue(name, out JsonNode? value)) return value?.DeepClone();
        throw new TemplateException(
            $"The template parameter '{name}' is not found. Please see https://aka.ms/arm-syntax-parameters for usage details.");
    }

    private JsonNode? Variable(JsonNode?[] arguments)
    {
        FunctionTable.CheckCount("variables", arguments.Length, 1, 1);
        string name = TemplateValues.Text("variables", arguments[0]);
        const string help = "Please see https://aka.ms/arm-syntax-variables for usage details.";
        JsonObject? all = scope.Template.Object("variables");
        JsonNode? loop = all.Items(Copy).FirstOrDefault(item => TemplateValues.Display(item["name"]) == name);
        JsonNode? value = null;
        if (loop is null && all?.TryGetPropertyValue(name, out value) != true)
            throw new TemplateException($"The template variable '{name}' is not found. {help}");
        if (!_open.Add(name)) throw new TemplateException($"The template variable '{name}' refers to itself. {help}");
        try
        {
            return loop is null ? Resolve(value) : Repeat(loop, name, loop["input"]);
        }
        catch (RuntimeOnlyException runtime)
        {
            throw new TemplateException(
                $"The template function '{runtime.Function}' is not expected at this location. " +
                "Please see https://aka.ms/arm-functions for usage details.");
        }
        finally
        {
            _open.Remove(name);
        }
    }
}
