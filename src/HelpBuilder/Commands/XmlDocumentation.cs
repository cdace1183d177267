using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ImageCmdlets.HelpBuilder.Commands;

/// <summary>The summaries in the compiler's documentation files: the first words of a page that nobody has written yet.</summary>
internal sealed partial class XmlDocumentation
{
    private readonly Dictionary<string, XElement> _summaries = new(StringComparer.Ordinal);

    /// <summary>Reads the documentation files of these names wherever they are in a folder; without any there are no summaries.</summary>
    public XmlDocumentation(IEnumerable<string> names, string folder)
    {
        if (!Directory.Exists(folder))
            return;

        foreach (string file in names.SelectMany(name => Directory.GetFiles(folder, name, SearchOption.AllDirectories)))
        {
            foreach (XElement member in XDocument.Load(file).Descendants("member"))
            {
                if (member.Attribute("name") is { } name && member.Element("summary") is { } summary)
                    _summaries[name.Value] = summary;
            }
        }
    }

    /// <summary>The summary of a type, or of what an array of it holds, as Markdown, or <see langword="null"/>.</summary>
    public string? Of(string typeName) => Summary($"T:{typeName.Replace("[]", "", StringComparison.Ordinal)}");

    /// <summary>The summary of a property as Markdown, or <see langword="null"/>.</summary>
    public string? Of(Type type, string property)
    {
        if (type.GetProperty(property)?.DeclaringType is not { } declaring)
            return null;

        Type written = declaring.IsGenericType ? declaring.GetGenericTypeDefinition() : declaring;
        return Summary($"P:{written.FullName}.{property}");
    }

    private string? Summary(string id) =>
        _summaries.TryGetValue(id, out XElement? summary) ? Space().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim() : null;

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement element when element.Attribute("langword") is { } word => $"`${word.Value}`",
        XElement element when element.Attribute("cref") is { } reference => $"`{reference.Value[(reference.Value.LastIndexOf('.') + 1)..]}`",
        XElement element => string.Concat(element.Nodes().Select(Text)),
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
