using System.Text;

namespace ImageCmdlets.Engine.Diagnosis;

/// <summary>The text of a whole log, whatever its encoding.</summary>
internal static class LogText
{
    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Every character as it is in the file, but a byte order mark.</summary>
    public static string Decode(byte[] bytes)
    {
        string text = LogLineReader.Guess(bytes, bytes.Length) switch
        {
            TextShape.Utf16LittleEndian => Encoding.Unicode.GetString(bytes),
            TextShape.Utf16BigEndian => Encoding.BigEndianUnicode.GetString(bytes),
            _ => DecodeBytes(bytes),
        };
        return text.TrimStart('\uFEFF');
    }

    private static string DecodeBytes(byte[] bytes)
    {
        try
        {
            return s_strictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return AnsiText.Decode(bytes, bytes.Length);
        }
    }
}
