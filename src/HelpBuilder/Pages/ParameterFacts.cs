namespace ImageCmdlets.HelpBuilder.Pages;

/// <summary>What is known of a parameter without reading prose: the YAML block of its section, in platyPS's words.</summary>
internal sealed class ParameterFacts
{
    /// <summary>The full name of the type.</summary>
    public string Type { get; set; } = "";

    /// <summary>What holds when it is left out. Only the author knows it.</summary>
    public string DefaultValue { get; set; } = "";

    /// <summary>Whether <c>*</c> and <c>?</c> stand for other text.</summary>
    public bool SupportsWildcards { get; set; }

    /// <summary>Other names.</summary>
    public List<string> Aliases { get; set; } = [];

    /// <summary>How it is bound in each parameter set.</summary>
    public List<ParameterSetFacts> ParameterSets { get; set; } = [];

    /// <summary>Whether completion leaves it out.</summary>
    public bool DontShow { get; set; }

    /// <summary>The only values that it takes.</summary>
    public List<string> AcceptedValues { get; set; } = [];

    /// <summary>What is shown when the user is prompted for it.</summary>
    public string HelpMessage { get; set; } = "";
}
