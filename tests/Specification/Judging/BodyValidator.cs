using System.Text.Json;

namespace ImageCmdlets.Tests.Specification;

/// <summary>Holds one body against a schema and collects what is wrong.</summary>
/// <remarks>
/// Stricter than JSON schema, as ARM clients are: a member that no schema of the specification knows is a fault unless the
/// schema is a map, and so is null where the schema does not allow it in an answer.
/// </remarks>
public sealed class BodyValidator
{
    private readonly BodyDirection _direction;
    private readonly List<BodyFault> _faults = [];
    private readonly Stack<string> _place = new();

    private BodyValidator(BodyDirection direction) => _direction = direction;

    /// <summary>Everything that is wrong with a body.</summary>
    public static IReadOnlyList<BodyFault> Check(JsonElement body, SchemaNode schema, BodyDirection direction)
    {
        var validator = new BodyValidator(direction);
        validator.Visit(body, schema);
        return validator._faults;
    }

    private void Visit(JsonElement value, SchemaNode schema)
    {
        if (schema.Kind == SchemaKind.Any) return;
        if (value.ValueKind == JsonValueKind.Null)
        {
            // A client may send null for "nothing"; ARM leaves out what is not there.
            if (!schema.IsNullable && _direction == BodyDirection.Answer) Report("null", "null where the specification knows no null");
            return;
        }

        if (!FitsKind(value, schema.Kind))
        {
            Report("type", $"{value.ValueKind} instead of {schema.Kind}");
            return;
        }

        switch (schema.Kind)
        {
            case SchemaKind.Object:
                VisitObject(value, schema);
                break;
            case SchemaKind.Array:
                VisitItems(value, schema);
                break;
            default:
                if (ScalarRules.Check(value, schema, _direction) is var (rule, detail)) Report(rule, detail);
                break;
        }
    }

    private void VisitObject(JsonElement value, SchemaNode declared)
    {
        SchemaNode schema = Variant(value, declared);
        foreach (string name in _direction == BodyDirection.Change ? [] : schema.Required)
        {
            bool ignored = _direction == BodyDirection.Request && schema.Properties.TryGetValue(name, out SchemaProperty? property) && property.IsReadOnly;
            bool hidden = _direction == BodyDirection.Answer && schema.Properties.TryGetValue(name, out SchemaProperty? secret) && secret.IsSecret;
            if (!ignored && !hidden && !value.TryGetProperty(name, out _)) Report("required", $"'{name}' is missing");
        }

        foreach (JsonProperty member in value.EnumerateObject())
        {
            _place.Push(member.Name);
            VisitMember(member, schema);
            _place.Pop();
        }
    }

    private void VisitMember(JsonProperty member, SchemaNode schema)
    {
        if (schema.Properties.TryGetValue(member.Name, out SchemaProperty? property))
        {
            if (property.IsSecret && _direction == BodyDirection.Answer) Report("secret", "shown although it is write-only");
            // What is read-only in a request is ignored by Azure, whatever it is.
            else if (!property.IsReadOnly || _direction == BodyDirection.Answer) Visit(member.Value, property.Schema);
        }
        else if (schema.Additional is { } additional)
        {
            Visit(member.Value, additional);
        }
        else
        {
            Report("unknown", $"the specification knows no '{member.Name}' here");
        }
    }

    private void VisitItems(JsonElement value, SchemaNode schema)
    {
        int length = value.GetArrayLength();
        if (length < schema.MinimumLength || length > schema.MaximumLength)
            Report("length", $"{length} items, allowed are {schema.MinimumLength ?? 0} to {schema.MaximumLength?.ToString() ?? "any"}");
        if (schema.Items is null) return;
        _place.Push("*");
        foreach (JsonElement item in value.EnumerateArray()) Visit(item, schema.Items);
        _place.Pop();
    }

    private SchemaNode Variant(JsonElement value, SchemaNode schema)
    {
        if (schema.Discriminator is not { } name || schema.Variants.Count == 0) return schema;
        if (!value.TryGetProperty(name, out JsonElement kind) || kind.ValueKind != JsonValueKind.String) return schema;
        if (schema.Variants.TryGetValue(kind.GetString()!, out SchemaNode? variant)) return variant;
        Report("discriminator", $"'{name}' is '{kind.GetString()}', known are {string.Join(", ", schema.Variants.Keys)}");
        return schema;
    }

    private static bool FitsKind(JsonElement value, SchemaKind kind) => kind switch
    {
        SchemaKind.Object => value.ValueKind == JsonValueKind.Object,
        SchemaKind.Array => value.ValueKind == JsonValueKind.Array,
        SchemaKind.String => value.ValueKind == JsonValueKind.String,
        SchemaKind.Integer => value.ValueKind == JsonValueKind.Number && decimal.IsInteger(value.GetDecimal()),
        SchemaKind.Number => value.ValueKind == JsonValueKind.Number,
        SchemaKind.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => true,
    };

    private void Report(string rule, string detail)
    {
        string pointer = string.Concat(_place.Reverse().Select(static step => "/" + step));
        if (_faults.TrueForAll(fault => fault.Pointer != pointer || fault.Rule != rule)) _faults.Add(new BodyFault(pointer, rule, detail));
    }
}
