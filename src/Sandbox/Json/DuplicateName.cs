using System.Text.Json;

namespace ImageCmdlets.Sandbox.Json;

/// <summary>The first property of a text that its object has already, without regard to case; ARM's reader says where it is.</summary>
/// <param name="Name">Name as it is written the second time.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">Where the name ends, from 1.</param>
internal sealed record DuplicateName(string Name, int Line, int Column)
{
    /// <summary>Finds it.</summary>
    /// <param name="utf8">JSON.</param>
    /// <returns>Null when there is none, or when the text is wrong before it.</returns>
    public static DuplicateName? Find(byte[] utf8)
    {
        var open = new Stack<HashSet<string>>();
        var reader = new Utf8JsonReader(utf8);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.StartObject)
                    open.Push(new HashSet<string>(StringComparer.OrdinalIgnoreCase));
                else if (reader.TokenType == JsonTokenType.EndObject)
                    open.Pop();
                else if (reader.TokenType == JsonTokenType.PropertyName && reader.GetString() is { } name && !open.Peek().Add(name))
                    return At(utf8, name, (int)reader.TokenStartIndex);
            }
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            // What is wrong there is told by whoever reads the text for its content.
        }

        return null;
    }

    private static DuplicateName At(byte[] utf8, string name, int start)
    {
        int line = utf8.Take(start).Count(static octet => octet == '\n');
        int end = Array.IndexOf(utf8, (byte)'"', start + 1);
        return new DuplicateName(name, line + 1, end + 1 - (Array.LastIndexOf(utf8, (byte)'\n', start) + 1));
    }
}
