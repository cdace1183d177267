using System.Text;

namespace ImageCmdlets.Engine.Reports;

/// <summary>Writes HTML. All text and all values of attributes are escaped, whatever they are: names and tags in Azure are anybody's.</summary>
/// <remarks>Names of elements and attributes are this module's own and are written as they are.</remarks>
internal sealed class HtmlWriter(TextWriter output)
{
    private static readonly HashSet<string> s_void = ["meta", "br", "rect", "path"];
    private readonly Stack<string> _open = new();

    /// <summary>Begins an element; <see cref="Close"/> ends it, but for those that have no end.</summary>
    /// <param name="name">Such as <c>table</c>.</param>
    /// <param name="attributes">Those whose value is null are left out.</param>
    public HtmlWriter Open(string name, params (string Name, string? Value)[] attributes)
    {
        output.Write('<');
        output.Write(name);
        foreach ((string attribute, string? value) in attributes)
        {
            if (value is null)
                continue;
            output.Write($" {attribute}=\"");
            WriteEscaped(value);
            output.Write('"');
        }

        output.Write(s_void.Contains(name) && name is "rect" or "path" ? "/>" : ">");
        if (!s_void.Contains(name))
            _open.Push(name);
        return this;
    }

    /// <summary>Ends the elements that were opened last.</summary>
    public HtmlWriter Close(int count = 1)
    {
        for (int i = 0; i < count; i++)
            output.Write($"</{_open.Pop()}>");
        output.Write('\n');
        return this;
    }

    /// <summary>An element with text and nothing else.</summary>
    public HtmlWriter Element(string name, string? text, params (string Name, string? Value)[] attributes)
    {
        Open(name, attributes).Text(text);
        output.Write($"</{_open.Pop()}>");
        return this;
    }

    public HtmlWriter Text(string? text)
    {
        WriteEscaped(text ?? string.Empty);
        return this;
    }

    /// <summary>The page's beginning, and its style, which is this module's own and must not hold "&lt;/".</summary>
    public HtmlWriter Begin(string style)
    {
        output.Write("<!DOCTYPE html>\n");
        Open("html", ("lang", "en"));
        Open("head");
        Open("meta", ("charset", "utf-8"));
        Open("style");
        output.Write(style);
        Close();
        return this;
    }

    private void WriteEscaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char c in text)
            escaped.Append(Escape(c));
        output.Write(escaped.ToString());
    }

    // Control characters are no HTML, and those that turn the direction of writing can make a name look like another.
    private static string Escape(char c) => c switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        '\n' or '\t' => c.ToString(),
        _ when char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => "\uFFFD",
        _ => c.ToString(),
    };
}
