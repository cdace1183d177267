using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;

namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>Commands that turn bytes into others.</summary>
internal static class PackCommands
{
    // What base64 of coreutils puts in a line.
    private const int LineLength = 76;

    public static IReadOnlyDictionary<string, Func<ShCall, Task<int>>> Commands { get; } =
        new Dictionary<string, Func<ShCall, int>>
        {
            ["base64"] = Base64,
            ["gzip"] = static c => Gzip(c, unpack: c.Has('d')),
            ["gunzip"] = static c => Gzip(c, unpack: true),
            ["zcat"] = static c => Gzip(c, unpack: true),
        }.ToDictionary(static p => p.Key, static p => (Func<ShCall, Task<int>>)(c => Task.FromResult(p.Value(c))));

    private static int Base64(ShCall call)
    {
        string? width = call.Value("-w") ?? call.Arguments.FirstOrDefault(static a => Regex.IsMatch(a, @"^-w\d+$"))?.Substring(2);
        string? text = call.ReadOperands(call.Operands.Where(o => o != width));
        if (text is null)
        {
            return 1;
        }

        try
        {
            call.Out.Append(call.Has('d') || call.Has("--decode")
                ? GuestBytes.Text(Convert.FromBase64String(text))
                : Fold(Convert.ToBase64String(GuestBytes.Of(text)), width));
            return 0;
        }
        catch (FormatException)
        {
            return call.Fail("invalid input");
        }
    }

    private static string Fold(string text, string? width)
    {
        int length = int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given : LineLength;
        return length == 0 || text.Length == 0 ? text : Regex.Replace(text, $".{{1,{length}}}", static m => m.Value + "\n");
    }

    // Without -c a file is replaced by its packed self, which nobody has needed here yet.
    private static int Gzip(ShCall call, bool unpack)
    {
        if (call.Operands.Count > 0 && !call.Has('c') && call.Name != "zcat")
        {
            call.Shell.Note($"{call.Name}: only the way through the standard output is modelled");
            return 0;
        }

        if (call.ReadOperands(call.Operands) is not { } text)
        {
            return 1;
        }

        try
        {
            call.Out.Append(GuestBytes.Text(unpack ? Unpack(GuestBytes.Of(text)) : Pack(GuestBytes.Of(text))));
            return 0;
        }
        catch (InvalidDataException)
        {
            return call.Fail("stdin: not in gzip format");
        }
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionMode.Compress))
        {
            stream.Write(bytes, 0, bytes.Length);
        }

        return packed.ToArray();
    }

    private static byte[] Unpack(byte[] bytes)
    {
        using var unpacked = new MemoryStream();
        using var stream = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        stream.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
