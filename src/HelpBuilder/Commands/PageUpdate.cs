using ImageCmdlets.HelpBuilder.Pages;

namespace ImageCmdlets.HelpBuilder.Commands;

/// <summary>Brings the facts of a page up to the command, and leaves the author's prose alone.</summary>
internal static class PageUpdate
{
    private static readonly Dictionary<string, string> s_standardProse = new(StringComparer.Ordinal)
    {
        ["WhatIf"] = "Shows what would happen, and does nothing.",
        ["Confirm"] = "Asks before doing anything.",
    };

    /// <summary>The page for a command.</summary>
    /// <param name="page">The page as it is, or <see langword="null"/> to start one.</param>
    /// <param name="command">The command.</param>
    public static HelpPage Apply(HelpPage? page, CommandFacts command)
    {
        page ??= Start(command);
        return page with
        {
            Syntax = command.Syntax,
            Parameters = [.. command.Parameters.Select(pair => Parameter(page, command, pair.Key))],
            Inputs = Entries(page.Inputs, command, command.InputTypes),
            Outputs = Entries(page.Outputs, command, command.OutputTypes),
        };
    }

    private static HelpPage Start(CommandFacts command) => new()
    {
        Name = command.Name,
        Synopsis = command.Summary ?? Placeholder.For("the synopsis"),
        Description = Placeholder.For("the description"),
        Examples = [new HelpEntry("Example 1", Placeholder.For("the example"))],
    };

    private static HelpParameter Parameter(HelpPage page, CommandFacts command, string name)
    {
        HelpParameter? known = page.Parameters.FirstOrDefault(parameter => parameter.Name == name);
        ParameterFacts facts = command.Parameters[name];
        facts.DefaultValue = known?.Facts.DefaultValue ?? "";
        return new HelpParameter(name, Prose(known?.Prose, command, name), facts);
    }

    private static HelpEntry[] Entries(IReadOnlyList<HelpEntry> known, CommandFacts command, IReadOnlyList<string> types) =>
        [.. types.Select(type => new HelpEntry(type, Prose(known.FirstOrDefault(entry => entry.Title == type)?.Prose, command, type)))];

    /// <summary>The author's words if there are any, then those of the source, then a request for some.</summary>
    private static string Prose(string? known, CommandFacts command, string name) =>
        known is not null && !Placeholder.IsMissing(known)
            ? known
            : command.Summaries.GetValueOrDefault(name) ?? s_standardProse.GetValueOrDefault(name) ?? Placeholder.For($"what {name} is");
}
