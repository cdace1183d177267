namespace ImageCmdlets.Sandbox.ResourceGraph;

/// <summary>Kinds of tokens of a query.</summary>
internal enum QueryTokenKind
{
    /// <summary>A name or keyword, such as <c>project-away</c>.</summary>
    Word,

    /// <summary>A text in single or double quotes.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>An operator or bracket.</summary>
    Sign,

    /// <summary>Behind the last one.</summary>
    End,
}
