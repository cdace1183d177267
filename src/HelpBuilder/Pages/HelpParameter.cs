namespace ImageCmdlets.HelpBuilder.Pages;

/// <summary>A parameter: the author's prose and the facts.</summary>
internal sealed record HelpParameter(string Name, string Prose, ParameterFacts Facts);
