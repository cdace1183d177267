using System.Globalization;
using System.Text;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>
/// Keys of blobs' records in the state file, which compares keys without regard to case, while the service does not: capital
/// letters are marked.
/// </summary>
internal static class BlobKeys
{
    public const char Blob = 'b';
    public const char Disk = 'd';

    private const char Mark = '!';
    private const char Separator = '|';

    // A digit has no capital.
    private const char Bar = '0';

    /// <summary>Key of a blob or disk, or of one of its chunks.</summary>
    public static string Of(char kind, string name, long? chunk = null)
    {
        var key = new StringBuilder().Append(kind).Append(Separator);
        foreach (char letter in name)
        {
            if (letter == Mark || letter == Separator || char.ToLowerInvariant(letter) != letter) key.Append(Mark);
            key.Append(letter == Separator ? Bar : char.ToLowerInvariant(letter));
        }

        if (chunk is { } number) key.Append(Separator).Append(number.ToString(CultureInfo.InvariantCulture));
        return key.ToString();
    }

    /// <summary>Keys of a blob or disk and of all its chunks.</summary>
    public static IEnumerable<string> All(char kind, string name, PageMap map) =>
        [Of(kind, name), .. map.Chunks.Select(chunk => Of(kind, name, chunk))];

    /// <summary>What a key is about.</summary>
    public static (char Kind, string Name, long? Chunk) Parse(string key)
    {
        string[] parts = key.Split(Separator);
        var name = new StringBuilder();
        for (int i = 0; i < parts[1].Length; i++)
        {
            char letter = parts[1][i];
            if (letter == Mark) letter = Marked(parts[1][++i]);
            name.Append(letter);
        }

        return (key[0], name.ToString(), parts.Length > 2 ? long.Parse(parts[2], CultureInfo.InvariantCulture) : null);
    }

    private static char Marked(char letter) => letter switch
    {
        Mark => Mark,
        Bar => Separator,
        _ => char.ToUpperInvariant(letter),
    };
}
