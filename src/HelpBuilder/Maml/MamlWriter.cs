using System.Xml.Linq;
using ImageCmdlets.HelpBuilder.Pages;

namespace ImageCmdlets.HelpBuilder.Maml;

/// <summary>Writes help pages as MAML, the XML that Get-Help reads.</summary>
internal static class MamlWriter
{
    private static readonly XNamespace s_help = "http://msh";
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>The help file of a module.</summary>
    public static XDocument Write(IEnumerable<HelpPage> pages) => new(
        new XDeclaration("1.0", "utf-8", standalone: null),
        new XElement(s_help + "helpItems", new XAttribute("schema", "maml"), pages.Select(Command)));

    private static XElement Command(HelpPage page)
    {
        string[] name = page.Name.Split('-', 2);
        return new XElement(
            s_command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", s_maml),
            new XAttribute(XNamespace.Xmlns + "command", s_command),
            new XAttribute(XNamespace.Xmlns + "dev", s_dev),
            new XElement(
                s_command + "details",
                new XElement(s_command + "name", page.Name),
                new XElement(s_command + "verb", name[0]),
                new XElement(s_command + "noun", name[1]),
                Description(page.Synopsis)),
            Description(page.Description),
            new XElement(s_command + "syntax", page.Syntax.Select(syntax => SyntaxItem(page, syntax))),
            new XElement(s_command + "parameters", page.Parameters.Select(parameter => Parameter(parameter, null, null))),
            new XElement(s_command + "inputTypes", page.Inputs.Select(entry => TypeOf("inputType", entry))),
            new XElement(s_command + "returnValues", page.Outputs.Select(entry => TypeOf("returnValue", entry))),
            new XElement(s_maml + "alertSet", new XElement(s_maml + "alert", Paragraphs(page.Notes))),
            new XElement(s_command + "examples", page.Examples.Select(Example)),
            new XElement(s_command + "relatedLinks", Links(page.RelatedLinks)));
    }

    private static XElement SyntaxItem(HelpPage page, HelpSyntax syntax) => new(
        s_command + "syntaxItem",
        new XElement(s_maml + "name", page.Name),
        from used in SyntaxText.Parameters(syntax.Text)
        let parameter = page.Parameters.FirstOrDefault(one => one.Name == used.Name)
        where parameter is not null
        select Parameter(parameter, syntax.ParameterSet, used.Value));

    /// <summary>A parameter, in general or as it is in one parameter set.</summary>
    private static XElement Parameter(HelpParameter parameter, string? parameterSet, string? value)
    {
        ParameterFacts facts = parameter.Facts;
        ParameterSetFacts binding =
            facts.ParameterSets.Find(set => set.Name == parameterSet) ?? facts.ParameterSets[0];
        bool isSwitch = facts.Type == "System.Management.Automation.SwitchParameter";
        return new XElement(
            s_command + "parameter",
            new XAttribute("required", binding.IsRequired),
            new XAttribute("variableLength", facts.Type.EndsWith("[]", StringComparison.Ordinal)),
            new XAttribute("globbing", facts.SupportsWildcards),
            new XAttribute("pipelineInput", PipelineInput(facts.ParameterSets)),
            new XAttribute("position", binding.Position.ToLowerInvariant()),
            new XAttribute("aliases", facts.Aliases.Count == 0 ? "none" : string.Join(", ", facts.Aliases)),
            new XElement(s_maml + "name", parameter.Name),
            Description(parameter.Prose),
            isSwitch ? null : new XElement(
                s_command + "parameterValue",
                new XAttribute("required", true),
                new XAttribute("variableLength", false),
                value ?? ShortName(facts.Type)),
            new XElement(s_dev + "type", new XElement(s_maml + "name", ShortName(facts.Type)), new XElement(s_maml + "uri")),
            new XElement(s_dev + "defaultValue", DefaultValue(facts, isSwitch)));
    }

    private static string DefaultValue(ParameterFacts facts, bool isSwitch)
    {
        if (facts.DefaultValue.Length > 0)
            return facts.DefaultValue;

        return isSwitch ? "False" : "None";
    }

    private static string PipelineInput(List<ParameterSetFacts> sets)
    {
        bool byValue = sets.Exists(set => set.ValueFromPipeline);
        bool byName = sets.Exists(set => set.ValueFromPipelineByPropertyName);
        return (byValue, byName) switch
        {
            (true, true) => "True (ByPropertyName, ByValue)",
            (true, false) => "True (ByValue)",
            (false, true) => "True (ByPropertyName)",
            _ => "False",
        };
    }

    private static XElement TypeOf(string element, HelpEntry entry) => new(
        s_command + element,
        new XElement(s_dev + "type", new XElement(s_maml + "name", entry.Title)),
        Description(entry.Prose));

    /// <summary>The first code block is the example, everything else its remarks.</summary>
    private static XElement Example(HelpEntry example)
    {
        IReadOnlyList<PlainParagraph> paragraphs = MamlText.Paragraphs(example.Prose);
        PlainParagraph? code = paragraphs.FirstOrDefault(paragraph => paragraph.IsCode);
        return new XElement(
            s_command + "example",
            new XElement(s_maml + "title", $"----- {example.Title} -----"),
            new XElement(s_dev + "code", code?.Text ?? ""),
            // The empty paragraph keeps the next example at a distance.
            new XElement(s_dev + "remarks", paragraphs.Where(paragraph => paragraph != code).Select(Paragraph), new XElement(s_maml + "para")));
    }

    private static IEnumerable<XElement> Links(string markdown) =>
        from paragraph in MamlText.Paragraphs(markdown)
        select new XElement(
            s_maml + "navigationLink",
            new XElement(s_maml + "linkText", paragraph.Text.TrimStart('-', ' ')),
            new XElement(s_maml + "uri"));

    private static XElement Description(string markdown) => new(s_maml + "description", Paragraphs(markdown));

    private static IEnumerable<XElement> Paragraphs(string markdown) => MamlText.Paragraphs(markdown).Select(Paragraph);

    private static XElement Paragraph(PlainParagraph paragraph) => new(s_maml + "para", paragraph.Text);

    private static string ShortName(string type) => type[(type.LastIndexOf('.') + 1)..];
}
