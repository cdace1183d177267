namespace ImageCmdlets.HelpBuilder.Pages;

/// <summary>The help page of one command. Prose is Markdown as the author wrote it; the rest is what the command is.</summary>
internal sealed record HelpPage
{
    /// <summary>The name of the command.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence.</summary>
    public string Synopsis { get; init; } = "";

    /// <summary>A line of syntax for each parameter set.</summary>
    public IReadOnlyList<HelpSyntax> Syntax { get; init; } = [];

    /// <summary>What the command does, needs and leaves behind.</summary>
    public string Description { get; init; } = "";

    /// <summary>Examples, each with its title and its text around code.</summary>
    public IReadOnlyList<HelpEntry> Examples { get; init; } = [];

    /// <summary>Every parameter but the common ones.</summary>
    public IReadOnlyList<HelpParameter> Parameters { get; init; } = [];

    /// <summary>The types that can be piped in.</summary>
    public IReadOnlyList<HelpEntry> Inputs { get; init; } = [];

    /// <summary>The types that come out.</summary>
    public IReadOnlyList<HelpEntry> Outputs { get; init; } = [];

    /// <summary>Notes.</summary>
    public string Notes { get; init; } = "";

    /// <summary>A list of links.</summary>
    public string RelatedLinks { get; init; } = "";
}
