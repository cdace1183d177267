using System.Text.RegularExpressions;

namespace ImageCmdlets.Tests.Specification;

/// <summary>A schema as the validator uses it: references followed, inheritance flattened. May contain itself.</summary>
public sealed class SchemaNode
{
    /// <summary>Kind of value.</summary>
    public SchemaKind Kind { get; internal set; }

    /// <summary>Members of an object, those of its ancestors included.</summary>
    public Dictionary<string, SchemaProperty> Properties { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of members that an object must have.</summary>
    public HashSet<string> Required { get; } = new(StringComparer.Ordinal);

    /// <summary>What members without a declaration are; null when there may be none.</summary>
    public SchemaNode? Additional { get; internal set; }

    /// <summary>What the items of a list are.</summary>
    public SchemaNode? Items { get; internal set; }

    /// <summary>Member that says which descendant an object is; null when it has none.</summary>
    public string? Discriminator { get; internal set; }

    /// <summary>Descendants by the value of the discriminator.</summary>
    public Dictionary<string, SchemaNode> Variants { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The values that are allowed; null when all are.</summary>
    public HashSet<string>? Values { get; internal set; }

    /// <summary>Whether a service may use values that the document does not know yet (<c>modelAsString</c>).</summary>
    public bool IsOpenEnum { get; internal set; }

    /// <summary>Format of a text or number.</summary>
    public string? Format { get; internal set; }

    /// <summary>Expression that a text must match.</summary>
    public Regex? Pattern { get; internal set; }

    /// <summary>Least length of a text or list.</summary>
    public int? MinimumLength { get; internal set; }

    /// <summary>Greatest length of a text or list.</summary>
    public int? MaximumLength { get; internal set; }

    /// <summary>Least number.</summary>
    public decimal? Minimum { get; internal set; }

    /// <summary>Greatest number.</summary>
    public decimal? Maximum { get; internal set; }

    /// <summary>Whether null is a value (<c>x-nullable</c>).</summary>
    public bool IsNullable { get; internal set; }
}
