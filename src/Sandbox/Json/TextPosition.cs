using System.Text;

namespace ImageCmdlets.Sandbox.Json;

/// <summary>A place in the text of a request, as error texts name it.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
internal readonly record struct TextPosition(int Line, int Column)
{
    /// <summary>Where a property or a string ends for the first time in a body; line 1, column 1 when it is not there.</summary>
    /// <param name="body">UTF-8 text.</param>
    /// <param name="text">Text without its quotes.</param>
    public static TextPosition Of(byte[] body, string text)
    {
        string all = Encoding.UTF8.GetString(body);
        int start = all.IndexOf($"\"{text}\"", StringComparison.OrdinalIgnoreCase);
        if (start < 0) return new TextPosition(1, 1);
        int end = start + text.Length + 2;
        string before = all.Substring(0, end);
        return new TextPosition(before.Count(static c => c == '\n') + 1, end - before.LastIndexOf('\n') - 1);
    }
}
