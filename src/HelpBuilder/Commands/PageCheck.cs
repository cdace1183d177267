using ImageCmdlets.HelpBuilder.Pages;

namespace ImageCmdlets.HelpBuilder.Commands;

/// <summary>Finds what a help page lacks and where it no longer fits its command.</summary>
internal static class PageCheck
{
    private const int FewestExamples = 2;

    /// <summary>The faults of a page, each in one sentence; none for a good page.</summary>
    /// <param name="markdown">The file.</param>
    /// <param name="command">The command.</param>
    public static IEnumerable<string> Faults(string markdown, CommandFacts command)
    {
        HelpPage page = PageReader.Read(markdown);
        HelpPage current = PageUpdate.Apply(page, command);
        if (PageWriter.Write(current) != markdown.ReplaceLineEndings("\n"))
            yield return "syntax, parameters or form are stale: run update";

        if (Placeholder.IsMissing(page.Synopsis))
            yield return "the synopsis is missing";
        if (Placeholder.IsMissing(page.Description))
            yield return "the description is missing";
        if (page.Examples.Count(example => !Placeholder.IsMissing(example.Prose)) < FewestExamples)
            yield return $"it has fewer than {FewestExamples} examples";

        foreach (HelpParameter parameter in current.Parameters.Where(parameter => Placeholder.IsMissing(parameter.Prose)))
            yield return $"the description of -{parameter.Name} is missing";
        foreach (HelpEntry entry in current.Inputs.Concat(current.Outputs).Where(entry => Placeholder.IsMissing(entry.Prose)))
            yield return $"nothing is said of {entry.Title}";
    }
}
