namespace ImageCmdlets.HelpBuilder.Pages;

/// <summary>How a parameter is bound in one parameter set.</summary>
internal sealed class ParameterSetFacts
{
    /// <summary>What platyPS writes for a parameter that is in every set alike.</summary>
    public const string All = "(All)";

    /// <summary>The name of the set.</summary>
    public string Name { get; set; } = All;

    /// <summary>A number, or <c>Named</c>.</summary>
    public string Position { get; set; } = "Named";

    /// <summary>Whether it must be given.</summary>
    public bool IsRequired { get; set; }

    /// <summary>Whether an object in the pipeline is its value.</summary>
    public bool ValueFromPipeline { get; set; }

    /// <summary>Whether a property of an object in the pipeline is its value.</summary>
    public bool ValueFromPipelineByPropertyName { get; set; }

    /// <summary>Whether it takes the arguments that no other parameter took.</summary>
    public bool ValueFromRemainingArguments { get; set; }
}
