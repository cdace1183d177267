using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Templates;

/// <summary>The parameters of a deployment: what the template asks for and what the client gives.</summary>
internal sealed class TemplateParameters
{
    private const string Help = "Please see https://aka.ms/arm-pass-parameter-values for usage details.";

    private static readonly string[] s_types = ["String", "SecureString", "Int", "Bool", "Object", "SecureObject", "Array"];

    private readonly JsonObject _given;
    private readonly byte[] _text;
    private readonly TemplateScope _scope;

    private TemplateParameters(TemplateScope scope, JsonObject given, byte[] text)
    {
        _scope = scope;
        _given = given;
        _text = text;
    }

    /// <summary>The scope with the values of all parameters.</summary>
    /// <param name="scope">Scope without parameters.</param>
    /// <param name="given">What the client gives: <c>{"name":{"value":…}}</c>.</param>
    /// <param name="text">Text of the request, for the places in messages.</param>
    /// <exception cref="TemplateException">A parameter is missing, unknown or wrong.</exception>
    public static TemplateScope Read(TemplateScope scope, JsonObject given, byte[] text) =>
        new TemplateParameters(scope, given, text).Read();

    /// <summary>Parameters as a deployment shows them: type and value, of secure ones only the type.</summary>
    public static JsonObject Show(TemplateScope scope)
    {
        JsonObject shown = JsonText.NewObject();
        foreach (KeyValuePair<string, JsonNode?> parameter in scope.Template.Object("parameters") ?? [])
            shown[parameter.Key] = Show(TypeOf(parameter.Value), scope.Parameters[parameter.Key]);
        return shown;
    }

    /// <summary>A value with its type; without the value when it is secret.</summary>
    public static JsonObject Show(string type, JsonNode? value)
    {
        JsonObject shown = JsonText.NewObject();
        shown["type"] = type;
        if (!type.StartsWith("Secure", StringComparison.Ordinal)) shown["value"] = value?.DeepClone();
        return shown;
    }

    /// <summary>Type of a parameter or an output in ARM's casing.</summary>
    /// <exception cref="TemplateException">There is no such type.</exception>
    public static string TypeOf(JsonNode? definition)
    {
        string? type = definition.Text("type");
        return s_types.FirstOrDefault(known => string.Equals(known, type, StringComparison.OrdinalIgnoreCase))
            ?? throw new TemplateException(
                $"Template parameter type '{type}' is not valid. The supported types are '{string.Join(", ", s_types)}'. " +
                "Please see https://aka.ms/arm-syntax-parameters for usage details.");
    }

    private TemplateScope Read()
    {
        JsonObject definitions = _scope.Template.Object("parameters") ?? [];
        string[] unknown = [.. _given.Select(static given => given.Key).Where(name => !definitions.ContainsKey(name))];
        if (unknown.Length > 0)
        {
            throw new TemplateException(
                $"The template parameters '{string.Join(", ", unknown)}' in the parameters file are not valid; they are not " +
                "present in the original template and can therefore not be provided at deployment time. The only supported " +
                $"parameters for this template are '{string.Join(", ", definitions.Select(static d => d.Key))}'. {Help}");
        }

        TemplateScope scope = _scope;
        foreach (KeyValuePair<string, JsonNode?> definition in definitions)
        {
            JsonObject values = scope.Parameters.Copy();
            values[definition.Key] = Value(scope, definition.Key, definition.Value);
            scope = scope with { Parameters = values };
        }

        return scope;
    }

    // A default may refer to the parameters before it.
    private JsonNode? Value(TemplateScope scope, string name, JsonNode? definition)
    {
        JsonNode? given = _given[name];
        bool isGiven = given is JsonObject json && json.ContainsKey("value");
        if (!isGiven && (definition as JsonObject)?.ContainsKey("defaultValue") != true)
            throw new TemplateException($"The value for the template parameter '{name}'{Place(name)} is not provided. {Help}");
        JsonNode? value = isGiven
            ? given!["value"]?.DeepClone()
            : new TemplateEvaluator(scope).Resolve(definition!["defaultValue"]);
        CheckType(name, TypeOf(definition), value);
        CheckAllowed(name, definition.Array("allowedValues"), value);
        CheckRange(name, definition!, value);
        return value;
    }

    private void CheckType(string name, string type, JsonNode? value)
    {
        string actual = TemplateValues.TypeOf(value);
        bool fits = type switch
        {
            "String" or "SecureString" => actual == "String",
            "Int" => actual == "Integer",
            "Bool" => actual == "Boolean",
            "Array" => actual == "Array",
            _ => actual == "Object",
        };
        if (fits) return;
        string expected = type switch
        {
            "String" or "SecureString" => "String, Uri",
            "Int" => "Integer",
            "Bool" => "Boolean",
            "Array" => "Array",
            _ => "Object",
        };
        throw new TemplateException(
            $"The provided value for the template parameter '{name}'{Place(name)} is not valid. Template parameter JToken type " +
            $"is not valid. Expected '{expected}'. Actual '{actual}'. {Help}");
    }

    private void CheckAllowed(string name, JsonArray? allowed, JsonNode? value)
    {
        if (allowed is null || allowed.Any(item => TemplateValues.Same(item, value))) return;
        string list = string.Join(",", allowed.Select(TemplateValues.Display));
        throw new TemplateException(
            $"The provided value '{TemplateValues.Display(value)}' for the template parameter '{name}'{Place(name)} is not " +
            $"valid. The parameter value is not part of the allowed value(s): '{list}'.");
    }

    private void CheckRange(string name, JsonNode definition, JsonNode? value)
    {
        string kind = TemplateValues.TypeOf(value);
        bool isNumber = kind == "Integer";
        long? size = kind switch
        {
            "Integer" => TemplateValues.Number(name, value),
            "String" => TemplateValues.Text(name, value).Length,
            "Array" => ((JsonArray)value!).Count,
            _ => null,
        };
        string what = isNumber ? "The value" : "Length of the value";
        string problem = string.Empty;
        if (definition.Number(isNumber ? "minValue" : "minLength") is { } low && size < low)
            problem = $"{what} should be greater than or equal to '{low}'.";
        if (definition.Number(isNumber ? "maxValue" : "maxLength") is { } high && size > high)
            problem = $"{what} should be less than or equal to '{high}'.";
        if (problem.Length == 0) return;
        throw new TemplateException(
            $"The provided value for the template parameter '{name}'{Place(name)} is not valid. {problem} {Help}");
    }

    private string Place(string name)
    {
        TextPosition position = TextPosition.Of(_text, name);
        return $" at line '{position.Line}' and column '{position.Column}'";
    }
}
