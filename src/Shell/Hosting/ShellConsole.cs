using System.Management.Automation;
using System.Text;

namespace ImageCmdlets.Shell.Hosting;

/// <summary>The process's three streams, and what each of them is connected to.</summary>
public sealed class ShellConsole
{
    /// <summary>The width that text is laid out for where there is no terminal to ask; every table view fits it.</summary>
    private const int DefaultWidth = 120;

    private const int DefaultHeight = 50;

    private readonly bool _showsText = !Console.IsOutputRedirected;

    private ShellConsole()
    {
    }

    /// <summary>Answers to prompts, and the commands of a prompt that is fed by a pipe.</summary>
    public TextReader In { get; } = Console.In;

    /// <summary>Objects, warnings, verbose and debug lines.</summary>
    public TextWriter Out { get; } = Console.Out;

    /// <summary>Errors and progress.</summary>
    public TextWriter Error { get; } = Console.Error;

    /// <summary>Whether keys can be read one at a time.</summary>
    public bool ReadsKeys { get; } = !Console.IsInputRedirected && !Console.IsOutputRedirected && !IsDumb;

    /// <summary>Whether progress can be drawn over itself.</summary>
    public bool DrawsProgress { get; } = !Console.IsErrorRedirected && !IsDumb;

    /// <summary>Whether <see cref="Out"/> understands escape sequences and the user has not refused colour (NO_COLOR).</summary>
    public bool UsesColour { get; private init; }

    /// <summary>Columns of the terminal, or 120 without one.</summary>
    public int Width => _showsText ? AtLeastOne(Console.WindowWidth, DefaultWidth) : DefaultWidth;

    /// <summary>Rows of the terminal, or 50 without one.</summary>
    public int Height => _showsText ? AtLeastOne(Console.WindowHeight, DefaultHeight) : DefaultHeight;

    private static bool IsDumb => Environment.GetEnvironmentVariable("TERM") == "dumb";

    /// <summary>Takes the process's streams, as UTF-8 without a byte order mark.</summary>
    public static ShellConsole Open()
    {
        UTF8Encoding encoding = new(encoderShouldEmitUTF8Identifier: false);
        if (Console.IsOutputRedirected || OperatingSystem.IsWindows())
            Console.OutputEncoding = encoding;
        if (Console.IsInputRedirected || OperatingSystem.IsWindows())
            Console.InputEncoding = encoding;

        bool refused = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        bool colour = !Console.IsOutputRedirected && !refused && !IsDumb && VirtualTerminal.Enable();
        PSStyle.Instance.OutputRendering = colour ? OutputRendering.Host : OutputRendering.PlainText;
        return new ShellConsole { UsesColour = colour };
    }

    private static int AtLeastOne(int measured, int otherwise) => measured > 0 ? measured : otherwise;
}
