namespace ImageCmdlets.Tests.Specification;

/// <summary>What kind of value a schema describes.</summary>
public enum SchemaKind
{
    /// <summary>Anything.</summary>
    Any,

    /// <summary>An object with known members, or a map.</summary>
    Object,

    /// <summary>A list.</summary>
    Array,

    /// <summary>A text.</summary>
    String,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,
}
