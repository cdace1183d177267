using System.Text;

namespace ImageCmdlets.Sandbox.Guest;

/// <summary>Files and pipes of the model hold text. Bytes that are no UTF-8 stand in it as characters of the private use area, as in
/// MirBSD's OPTU-16, so that they come back as they were.</summary>
internal static class GuestBytes
{
    private const int First = 0xEF00;
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes that a text stands for.</summary>
    public static byte[] Of(string text)
    {
        var bytes = new List<byte>(text.Length);
        int from = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] is < (char)(First + 0x80) or > (char)(First + 0xFF))
                continue;

            bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(from, i - from)));
            if (i < text.Length)
                bytes.Add((byte)(text[i] - First));
            from = i + 1;
        }

        return [.. bytes];
    }

    /// <summary>The text that stands for bytes.</summary>
    public static string Text(byte[] bytes)
    {
        var text = new StringBuilder(bytes.Length);
        for (int i = 0; i < bytes.Length;)
        {
            int length = bytes[i] switch { < 0x80 => 1, < 0xC2 => 0, < 0xE0 => 2, < 0xF0 => 3, < 0xF5 => 4, _ => 0 };
            if (length > 0 && Decode(bytes, i, length) is { } letter)
            {
                text.Append(letter);
                i += length;
            }
            else
            {
                text.Append((char)(First + bytes[i++]));
            }
        }

        return text.ToString();
    }

    // The private characters themselves are taken apart, or they would come back as other bytes.
    private static string? Decode(byte[] bytes, int index, int length)
    {
        if (index + length > bytes.Length)
            return null;
        try
        {
            string letter = s_strict.GetString(bytes, index, length);
            return letter[0] is >= (char)(First + 0x80) and <= (char)(First + 0xFF) ? null : letter;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
