using System.Text;

namespace ImageCmdlets.Engine.Diagnosis;

/// <summary>Gives the lines of a log as it streams by, whatever its encoding and however it was cut.</summary>
/// <remarks>Holds one line and one block, never the file.</remarks>
internal sealed class LogLineReader(Stream stream)
{
    private const int BlockSize = 65536;

    // The rest of a longer line is dropped: a file without line ends must not be held.
    private const int LongestLine = 65536;

    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _line = new byte[LongestLine];
    private int _length;
    private TextShape _shape;
    private byte? _half;

    /// <summary>The lines, without their ends. The last one is given also when it has no end.</summary>
    public IEnumerable<string> ReadLines(CancellationToken cancellationToken)
    {
        var block = new byte[BlockSize];
        bool isFirst = true;
        for (int count = Fill(block); count > 0; count = Fill(block))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (isFirst)
                _shape = Guess(block, count);
            isFirst = false;
            for (int i = 0; i < count; i++)
            {
                if (Take(block[i]))
                    yield return Release();
            }
        }

        if (_length > 0)
            yield return Release();
    }

    // Streams give less than asked for, and the shape is guessed best from a whole block.
    private int Fill(byte[] block)
    {
        int count = 0;
        while (count < block.Length)
        {
            int read = stream.Read(block, count, block.Length - count);
            if (read == 0)
                break;

            count += read;
        }

        return count;
    }

    /// <returns>Whether a line has ended.</returns>
    private bool Take(byte value)
    {
        if (_shape == TextShape.Bytes)
            return Keep(value, high: null);

        if (_half is not { } first)
        {
            _half = value;
            return false;
        }

        _half = null;
        return _shape == TextShape.Utf16LittleEndian ? Keep(first, value) : Keep(value, first);
    }

    private bool Keep(byte low, byte? high)
    {
        if (low == (byte)'\n' && high is null or 0)
            return true;

        if (_length + 1 < _line.Length)
        {
            _line[_length++] = low;
            if (high is { } upper)
                _line[_length++] = upper;
        }

        return false;
    }

    private string Release()
    {
        string text = _shape == TextShape.Bytes ? DecodeBytes() : Encoding.Unicode.GetString(_line, 0, _length);
        _length = 0;
        // A machine that lost its power leaves NULs in its logs; a file that was appended to another brings its byte order mark.
        return text.Replace("\0", string.Empty).TrimStart('\uFEFF').TrimEnd('\r');
    }

    private string DecodeBytes()
    {
        try
        {
            return s_strictUtf8.GetString(_line, 0, _length);
        }
        catch (DecoderFallbackException)
        {
            return AnsiText.Decode(_line, _length);
        }
    }

    // Without a mark, the zeros tell: logs are nearly all ASCII. A file cut in the middle of a character is told by them, too.
    internal static TextShape Guess(byte[] block, int count)
    {
        if (count >= 2 && block[0] == 0xFF && block[1] == 0xFE)
            return TextShape.Utf16LittleEndian;
        if (count >= 2 && block[0] == 0xFE && block[1] == 0xFF)
            return TextShape.Utf16BigEndian;

        int little = 0;
        int big = 0;
        int none = 0;
        for (int i = 0; i + 1 < count; i += 2)
        {
            bool firstIsZero = block[i] == 0;
            bool secondIsZero = block[i + 1] == 0;
            little += !firstIsZero && secondIsZero ? 1 : 0;
            big += firstIsZero && !secondIsZero ? 1 : 0;
            none += !firstIsZero && !secondIsZero ? 1 : 0;
        }

        return little > none && little >= big ? TextShape.Utf16LittleEndian
            : big > none && big > little ? TextShape.Utf16BigEndian
            : TextShape.Bytes;
    }
}
