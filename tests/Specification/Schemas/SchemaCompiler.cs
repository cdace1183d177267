using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using NJsonSchema;

namespace ImageCmdlets.Tests.Specification;

/// <summary>Makes the validator's rules of what the reader read.</summary>
/// <param name="definitions">All definitions of the document, among which the descendants of a type are looked for.</param>
internal sealed class SchemaCompiler(Func<IEnumerable<JsonSchema>> definitions)
{
    private readonly Dictionary<JsonSchema, SchemaNode> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>The rules of a schema; the same schema has the same rules, so that it may contain itself.</summary>
    public SchemaNode Compile(JsonSchema schema)
    {
        JsonSchema actual = schema.ActualSchema;
        if (_known.TryGetValue(actual, out SchemaNode? known)) return known;
        var node = new SchemaNode();
        _known.Add(actual, node);
        AddMembers(node, actual);
        node.Kind = Kind(actual, node);
        node.Items = actual.Item is null ? null : Compile(actual.Item);
        AddScalarRules(node, actual);
        AddVariants(node, actual);
        // An object of which nothing is declared is anybody's: tags, settings, templates.
        if (node is { Kind: SchemaKind.Object, Properties.Count: 0, Additional: null }) node.Additional = new SchemaNode();
        return node;
    }

    private void AddMembers(SchemaNode node, JsonSchema actual)
    {
        foreach (JsonSchema parent in actual.AllOf) AddMembers(node, parent.ActualSchema);
        foreach ((string name, JsonSchemaProperty property) in actual.Properties)
            node.Properties[name] = new SchemaProperty(Compile(property), property.IsReadOnly || IsReadOnly(property), IsSecret(property));
        node.Required.UnionWith(actual.RequiredProperties);
        // Some lists declare it as required, but the last page of a list has none: that is how a client knows the last.
        node.Required.Remove("nextLink");
        if (actual.AdditionalPropertiesSchema is { } additional) node.Additional = Compile(additional);
        if (actual.DiscriminatorObject?.PropertyName is { Length: > 0 } discriminator) node.Discriminator = discriminator;
    }

    private static SchemaKind Kind(JsonSchema actual, SchemaNode node) => (actual.Type & ~JsonObjectType.Null) switch
    {
        JsonObjectType.Array => SchemaKind.Array,
        JsonObjectType.String => SchemaKind.String,
        JsonObjectType.Integer => SchemaKind.Integer,
        JsonObjectType.Number => SchemaKind.Number,
        JsonObjectType.Boolean => SchemaKind.Boolean,
        JsonObjectType.Object => SchemaKind.Object,
        _ => node.Properties.Count > 0 || node.Additional is not null ? SchemaKind.Object : SchemaKind.Any,
    };

    private static void AddScalarRules(SchemaNode node, JsonSchema actual)
    {
        node.Format = actual.Format;
        node.Pattern = actual.Pattern is { Length: > 0 } pattern ? new Regex(pattern, RegexOptions.CultureInvariant) : null;
        node.MinimumLength = actual.MinLength ?? (actual.MinItems > 0 ? actual.MinItems : null);
        node.MaximumLength = actual.MaxLength ?? (actual.MaxItems > 0 ? actual.MaxItems : null);
        node.Minimum = actual.Minimum;
        node.Maximum = actual.Maximum;
        node.IsNullable = actual.IsNullableRaw == true || actual.Type.HasFlag(JsonObjectType.Null);
        if (actual.Enumeration.Count > 0)
        {
            node.Values = [.. actual.Enumeration.Select(static value => Convert.ToString(value, CultureInfo.InvariantCulture)!)];
            node.IsOpenEnum = Extension(actual, "x-ms-enum") is IDictionary<string, object?> details
                && details.TryGetValue("modelAsString", out object? open) && open is true;
        }
    }

    private void AddVariants(SchemaNode node, JsonSchema actual)
    {
        if (actual.DiscriminatorObject is null) return;
        foreach (JsonSchema definition in definitions())
        {
            if (!definition.AllOf.Any(parent => ReferenceEquals(parent.ActualSchema, actual))) continue;
            string? value = Extension(definition, "x-ms-discriminator-value") as string;
            if (value is not null) node.Variants[value] = Compile(definition);
        }
    }

    private static bool IsReadOnly(JsonSchemaProperty property) =>
        Mutability(property) is { } mutability && mutability.All(static word => word == "read");

    private static bool IsSecret(JsonSchemaProperty property) =>
        Extension(property, "x-ms-secret") is true || (Mutability(property) is { } mutability && !mutability.Contains("read"));

    private static List<string?>? Mutability(JsonSchemaProperty property) =>
        (Extension(property, "x-ms-mutability") as IEnumerable)?.Cast<object?>().Select(static word => word?.ToString()).ToList();

    private static object? Extension(JsonSchema schema, string name) =>
        schema.ExtensionData is { } data && data.TryGetValue(name, out object? value) ? value : null;
}
