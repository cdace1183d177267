using System.Text;

namespace ImageCmdlets.HelpBuilder.Pages;

/// <summary>Writes a help page in platyPS's Markdown (schema 2024-05-01), always the same way.</summary>
internal static class PageWriter
{
    private const int SyntaxWidth = 100;

    private const string CommonParameters = """
        This cmdlet supports the common parameters: -Debug, -ErrorAction, -ErrorVariable,
        -InformationAction, -InformationVariable, -OutBuffer, -OutVariable, -PipelineVariable,
        -ProgressAction, -Verbose, -WarningAction, and -WarningVariable. For more information, see
        [about_CommonParameters](https://go.microsoft.com/fwlink/?LinkID=113216).
        """;

    /// <summary>Gives the whole file for a page.</summary>
    public static string Write(HelpPage page)
    {
        StringBuilder text = new();
        text.Append(FrontMatter(page.Name)).Append("# ").Append(page.Name).Append("\n\n");
        AppendSection(text, "SYNOPSIS", page.Synopsis);
        AppendSection(text, "SYNTAX", string.Join("\n\n", page.Syntax.Select(Syntax)));
        AppendSection(text, "DESCRIPTION", page.Description);
        AppendSection(text, "EXAMPLES", Entries(page.Examples));
        AppendSection(text, "PARAMETERS", string.Join("\n\n", page.Parameters.Select(Parameter).Append(Common())));
        AppendSection(text, "INPUTS", Entries(page.Inputs));
        AppendSection(text, "OUTPUTS", Entries(page.Outputs));
        AppendSection(text, "NOTES", page.Notes);
        AppendSection(text, "RELATED LINKS", page.RelatedLinks);
        return text.ToString().TrimEnd() + "\n";
    }

    private static string FrontMatter(string name) => $"""
        ---
        document type: cmdlet
        external help file: ImageCmdlets.dll-Help.xml
        HelpUri: ''
        Locale: en-US
        Module Name: ImageCmdlets
        PlatyPS schema version: 2024-05-01
        title: {name}
        ---


        """.ReplaceLineEndings("\n");

    private static void AppendSection(StringBuilder text, string title, string content)
    {
        text.Append("## ").Append(title).Append("\n\n");
        if (content.Length > 0)
            text.Append(content).Append("\n\n");
    }

    private static string Entries(IEnumerable<HelpEntry> entries) =>
        string.Join("\n\n", entries.Select(entry => $"### {entry.Title}\n\n{entry.Prose}".TrimEnd()));

    private static string Syntax(HelpSyntax syntax) =>
        $"### {syntax.ParameterSet}{(syntax.IsDefault ? " (Default)" : "")}\n\n```\n{Wrap(syntax.Text)}\n```";

    /// <summary>Breaks a call between its parameters.</summary>
    private static string Wrap(string call)
    {
        StringBuilder lines = new();
        int column = 0;
        foreach (string part in SyntaxText.Parts(call))
        {
            if (column > 0 && column + 1 + part.Length > SyntaxWidth)
            {
                lines.Append('\n');
                column = 0;
            }

            lines.Append(lines.Length > 0 ? " " : "").Append(part);
            column += part.Length + 1;
        }

        return lines.ToString();
    }

    private static string Parameter(HelpParameter parameter) =>
        $"### -{parameter.Name}\n\n{parameter.Prose}\n\n```yaml\n{Yaml(parameter.Facts)}```";

    private static string Common() => $"### CommonParameters\n\n{CommonParameters.ReplaceLineEndings("\n")}";

    private static string Yaml(ParameterFacts facts)
    {
        StringBuilder yaml = new();
        yaml.Append($"Type: {facts.Type}\n");
        yaml.Append($"DefaultValue: {Quoted(facts.DefaultValue)}\n");
        yaml.Append($"SupportsWildcards: {Truth(facts.SupportsWildcards)}\n");
        AppendList(yaml, "Aliases", facts.Aliases);
        yaml.Append("ParameterSets:\n");
        foreach (ParameterSetFacts set in facts.ParameterSets)
        {
            yaml.Append($"- Name: {set.Name}\n");
            yaml.Append($"  Position: {set.Position}\n");
            yaml.Append($"  IsRequired: {Truth(set.IsRequired)}\n");
            yaml.Append($"  ValueFromPipeline: {Truth(set.ValueFromPipeline)}\n");
            yaml.Append($"  ValueFromPipelineByPropertyName: {Truth(set.ValueFromPipelineByPropertyName)}\n");
            yaml.Append($"  ValueFromRemainingArguments: {Truth(set.ValueFromRemainingArguments)}\n");
        }

        yaml.Append($"DontShow: {Truth(facts.DontShow)}\n");
        AppendList(yaml, "AcceptedValues", facts.AcceptedValues);
        yaml.Append($"HelpMessage: {Quoted(facts.HelpMessage)}\n");
        return yaml.ToString();
    }

    private static void AppendList(StringBuilder yaml, string name, List<string> values)
    {
        yaml.Append(values.Count == 0 ? $"{name}: []\n" : $"{name}:\n");
        foreach (string value in values)
            yaml.Append($"- {value}\n");
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Truth(bool value) => value ? "true" : "false";
}
