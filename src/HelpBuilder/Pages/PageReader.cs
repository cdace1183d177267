using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace ImageCmdlets.HelpBuilder.Pages;

/// <summary>Reads a help page in platyPS's Markdown.</summary>
internal static partial class PageReader
{
    private const string DefaultMark = " (Default)";

    private static readonly IDeserializer s_yaml = new DeserializerBuilder().IgnoreUnmatchedProperties().Build();

    /// <summary>Reads a page.</summary>
    /// <param name="markdown">The whole file.</param>
    /// <exception cref="FormatException">It has no title, or a parameter has no YAML block or one that cannot be read.</exception>
    public static HelpPage Read(string markdown)
    {
        string body = FrontMatter().Replace(markdown.ReplaceLineEndings("\n"), "");
        if (MarkdownSection.Split(body, 1) is not [var title, ..])
            throw new FormatException("The page has no title.");

        Dictionary<string, string> sections = MarkdownSection.Split(body, 2)
            .ToDictionary(section => section.Title, section => section.Text, StringComparer.OrdinalIgnoreCase);
        return new HelpPage
        {
            Name = title.Title,
            Synopsis = Section("SYNOPSIS"),
            Syntax = [.. MarkdownSection.Split(Section("SYNTAX"), 3).Select(ReadSyntax)],
            Description = Section("DESCRIPTION"),
            Examples = ReadEntries(Section("EXAMPLES")),
            Parameters = [.. MarkdownSection.Split(Section("PARAMETERS"), 3).Where(IsParameter).Select(ReadParameter)],
            Inputs = ReadEntries(Section("INPUTS")),
            Outputs = ReadEntries(Section("OUTPUTS")),
            Notes = Section("NOTES"),
            RelatedLinks = Section("RELATED LINKS"),
        };

        string Section(string name) => sections.GetValueOrDefault(name, "");
    }

    private static HelpSyntax ReadSyntax(MarkdownSection section)
    {
        bool isDefault = section.Title.EndsWith(DefaultMark, StringComparison.Ordinal);
        string name = isDefault ? section.Title[..^DefaultMark.Length] : section.Title;
        string text = Fence().Match(section.Text).Groups["code"].Value;
        return new HelpSyntax(name, isDefault, string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    private static HelpEntry[] ReadEntries(string text) =>
        [.. MarkdownSection.Split(text, 3).Select(section => new HelpEntry(section.Title, section.Text))];

    private static bool IsParameter(MarkdownSection section) => section.Title.StartsWith('-');

    private static HelpParameter ReadParameter(MarkdownSection section)
    {
        Match yaml = YamlFence().Match(section.Text);
        if (!yaml.Success)
            throw new FormatException($"Parameter {section.Title} has no yaml block.");

        ParameterFacts facts = s_yaml.Deserialize<ParameterFacts>(yaml.Groups["code"].Value);
        return new HelpParameter(section.Title.TrimStart('-'), section.Text[..yaml.Index].Trim(), facts);
    }

    [GeneratedRegex(@"\A---\n.*?\n---\n", RegexOptions.Singleline)]
    private static partial Regex FrontMatter();

    [GeneratedRegex(@"```\w*\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"```yaml\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex YamlFence();
}
