using ImageCmdlets.HelpBuilder.Pages;

namespace ImageCmdlets.HelpBuilder.Commands;

/// <summary>What the built command is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Syntax">Its parameter sets, the default one first.</param>
/// <param name="Parameters">Its own parameters by name, in the order of the alphabet.</param>
/// <param name="InputTypes">The types that can be piped in.</param>
/// <param name="OutputTypes">The types that it says to write.</param>
/// <param name="Summary">What the source says of the command, for a page without a synopsis.</param>
/// <param name="Summaries">What the source says of parameters and types, by their names, for a page that says nothing.</param>
internal sealed record CommandFacts(
    string Name,
    IReadOnlyList<HelpSyntax> Syntax,
    IReadOnlyDictionary<string, ParameterFacts> Parameters,
    IReadOnlyList<string> InputTypes,
    IReadOnlyList<string> OutputTypes,
    string? Summary,
    IReadOnlyDictionary<string, string> Summaries);
