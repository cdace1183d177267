using System.Text;

namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>
/// <c>printf</c>: <c>%s %d %b %q %%</c> and the usual escapes; the format is used again while arguments are left.
/// </summary>
internal static class ShPrintf
{
    public static int Run(ShCall call)
    {
        IReadOnlyList<string> arguments = call.Arguments.FirstOrDefault() == "--" ? [.. call.Arguments.Skip(1)] : call.Arguments;
        if (arguments.Count == 0)
        {
            return call.Fail("usage: printf format [arguments]", 2);
        }

        var values = new Queue<string>(arguments.Skip(1));
        do
        {
            int before = values.Count;
            call.Out.Append(Format(arguments[0], values));
            if (values.Count == before)
            {
                break;
            }
        }
        while (values.Count > 0);
        return 0;
    }

    /// <summary>Replaces <c>\n</c>, <c>\t</c>, <c>\r</c>, <c>\\</c>, <c>\"</c>.</summary>
    public static string Unescape(string text)
    {
        var result = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i == text.Length - 1)
            {
                result.Append(text[i]);
                continue;
            }

            i++;
            if (text[i] is >= '0' and <= '7')
            {
                int digits = text.Skip(i).Take(3).TakeWhile(static c => c is >= '0' and <= '7').Count();
                result.Append((char)Convert.ToInt32(text.Substring(i, digits), 8));
                i += digits - 1;
                continue;
            }

            result.Append(text[i] switch
            {
                'n' => "\n",
                't' => "\t",
                'r' => "\r",
                '\\' => "\\",
                '"' => "\"",
                char c => "\\" + c,
            });
        }

        return result.ToString();
    }

    private static string Format(string format, Queue<string> values)
    {
        var result = new StringBuilder();
        string text = Unescape(format);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '%' || i == text.Length - 1)
            {
                result.Append(text[i]);
                continue;
            }

            int start = ++i;
            while (i < text.Length - 1 && (char.IsDigit(text[i]) || text[i] is '-' or '.' or '0'))
            {
                i++;
            }

            result.Append(Conversion(text[i], text.Substring(start, i - start), values));
        }

        return result.ToString();
    }

    private static string Conversion(char kind, string flags, Queue<string> values)
    {
        if (kind == '%')
        {
            return "%";
        }

        string value = values.Count > 0 ? values.Dequeue() : string.Empty;
        string shown = kind switch
        {
            'd' or 'i' => value.Length == 0 ? "0" : value,
            'b' => Unescape(value),
            'q' => "'" + value.Replace("'", @"'\''") + "'",
            _ => value,
        };
        string[] sizes = flags.Split('.');
        if (sizes.Length > 1 && int.TryParse(sizes[1], out int most) && kind == 's' && shown.Length > most) shown = shown.Substring(0, most);
        int width = int.TryParse(sizes[0].TrimStart('-', '0'), out int w) ? w : 0;
        return flags.StartsWith("-", StringComparison.Ordinal)
            ? shown.PadRight(width)
            : shown.PadLeft(width, flags.StartsWith("0", StringComparison.Ordinal) ? '0' : ' ');
    }
}
