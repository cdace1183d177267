using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using ImageCmdlets.Shell.Hosting;

namespace ImageCmdlets.Shell.Interaction;

/// <summary>Reads what the user answers to a question, from the keyboard or from a pipe.</summary>
internal sealed class LineReader
{
    private readonly ShellConsole _console;
    private readonly LineEditor? _editor;

    /// <summary>Reads from <paramref name="console"/>.</summary>
    public LineReader(ShellConsole console)
    {
        _console = console;
        _editor = console.ReadsKeys ? new LineEditor(console) : null;
    }

    /// <summary>One line of text.</summary>
    /// <exception cref="PipelineStoppedException">The user pressed Ctrl-C.</exception>
    /// <exception cref="PromptingException">
    /// The input ended. An empty answer would mean "the default", and no answer must not mean yes.
    /// </exception>
    public string Answer() => Read(masked: false);

    /// <summary>One line of text that is not shown.</summary>
    /// <inheritdoc cref="Answer" path="/exception"/>
    public SecureString Secret()
    {
        SecureString secret = new();
        foreach (char character in Read(masked: true))
            secret.AppendChar(character);

        secret.MakeReadOnly();
        return secret;
    }

    private string Read(bool masked)
    {
        if (_editor is null)
            return _console.In.ReadLine() ?? throw InputEnded();

        EditedLine line = _editor.Read(new LineHistory(), completer: null, masked);
        return line.Kind switch
        {
            EditedLineKind.Entered => line.Text,
            EditedLineKind.Cancelled => throw new PipelineStoppedException(),
            _ => throw InputEnded(),
        };
    }

    private static PromptingException InputEnded() => new(
        "The input ended before the question was answered.", null, "InputEnded", ErrorCategory.ResourceUnavailable);
}
