using System.Management.Automation;
using System.Management.Automation.Language;
using ImageCmdlets.Shell.Hosting;
using ImageCmdlets.Shell.Interaction;

namespace ImageCmdlets.Shell.Running;

/// <summary>Reads commands, from the keyboard with editing or from a pipe without a prompt, and runs each.</summary>
internal sealed class PromptLoop
{
    private const string ContinuationPrompt = ">> ";

    private readonly ShellConsole _console;
    private readonly ShellUserInterface _ui;
    private readonly ShellHost _host;
    private readonly PipelineRunner _runner;
    private readonly LineHistory _history = new();
    private readonly LineEditor? _editor;
    private readonly TabCompleter _completer;

    /// <summary>Makes a loop that runs its commands with <paramref name="runner"/>.</summary>
    public PromptLoop(
        ShellConsole console,
        ShellUserInterface ui,
        ShellHost host,
        PipelineRunner runner,
        Func<PowerShell> powerShellFactory)
    {
        _console = console;
        _ui = ui;
        _host = host;
        _runner = runner;
        _editor = console.ReadsKeys ? new LineEditor(console) : null;
        _completer = new TabCompleter(powerShellFactory);
    }

    /// <summary>Runs commands until <c>exit</c> or the end of the input.</summary>
    public void Run()
    {
        while (_host.ExitCode is null && !_host.NestedPromptEnds && ReadCommand() is { } command)
        {
            if (!string.IsNullOrWhiteSpace(command))
                _runner.Run(command, addToHistory: true);
        }
    }

    /// <summary>Reads lines until they parse as a whole command.</summary>
    /// <returns>The command, an empty text for one given up with Ctrl-C, <see langword="null"/> at the end of the input.</returns>
    private string? ReadCommand()
    {
        string command = "";
        string prompt = _editor is null ? "" : _runner.Evaluate("prompt") as string ?? "> ";
        while (true)
        {
            EditedLine line = ReadLine(prompt);
            if (line.Kind == EditedLineKind.Cancelled)
                return "";

            if (line.Kind == EditedLineKind.EndOfInput)
                return command.Length > 0 ? command : null;

            // No line break at the end: behind it the parser no longer calls an operator without a right side incomplete.
            command = command.Length > 0 ? command + Environment.NewLine + line.Text : line.Text;
            Parser.ParseInput(command, out _, out ParseError[] errors);
            // An empty line ends a command that will never be complete, so that its error is shown.
            if (line.Text.Length == 0 || !Array.Exists(errors, error => error.IncompleteInput))
                return command;

            prompt = ContinuationPrompt;
        }
    }

    private EditedLine ReadLine(string prompt)
    {
        if (_editor is null)
        {
            return _console.In.ReadLine() is { } piped
                ? new EditedLine(EditedLineKind.Entered, piped)
                : new EditedLine(EditedLineKind.EndOfInput, "");
        }

        _ui.Write(prompt);
        EditedLine line = _editor.Read(_history, _completer, masked: false);
        if (line.Kind == EditedLineKind.Entered)
            _history.Add(line.Text);
        return line;
    }
}
