using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using ImageCmdlets.Shell.Interaction;

namespace ImageCmdlets.Shell.Hosting;

/// <summary>Everything the engine says to the user and asks of the user, in pwsh's words and colours.</summary>
public sealed class ShellUserInterface : PSHostUserInterface, IHostUISupportsMultipleChoiceSelection
{
    private readonly ShellConsole _console;
    private readonly LineReader _reader;
    private readonly Lock _lock = new();

    /// <summary>Talks on <paramref name="console"/>.</summary>
    public ShellUserInterface(ShellConsole console)
    {
        _console = console;
        _reader = new LineReader(console);
        RawUI = new ShellRawUserInterface(console);
        Progress = ProgressDisplay.For(console);
    }

    /// <summary>Where progress records are shown; other output hides it for as long as it is being written.</summary>
    public ProgressDisplay Progress { get; }

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI { get; }

    /// <inheritdoc/>
    public override bool SupportsVirtualTerminal => _console.UsesColour;

    /// <inheritdoc/>
    public override void Write(string value) => Put(_console.Out, value);

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Put(_console.Out, Coloured(PSStyle.MapForegroundColorToEscapeSequence(foregroundColor), value));

    /// <inheritdoc/>
    public override void WriteLine(string value) => Put(_console.Out, value + Environment.NewLine);

    /// <inheritdoc/>
    public override void WriteErrorLine(string value) =>
        Put(_console.Error, Coloured(PSStyle.Instance.Formatting.Error, value) + Environment.NewLine);

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) =>
        WriteLine(Coloured(PSStyle.Instance.Formatting.Warning, "WARNING: " + message));

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) =>
        WriteLine(Coloured(PSStyle.Instance.Formatting.Verbose, "VERBOSE: " + message));

    /// <inheritdoc/>
    public override void WriteDebugLine(string message) =>
        WriteLine(Coloured(PSStyle.Instance.Formatting.Debug, "DEBUG: " + message));

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record) => Progress.Report(sourceId, record);

    /// <inheritdoc/>
    public override string ReadLine() => _reader.Answer();

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString() => _reader.Secret();

    /// <inheritdoc/>
    public override Dictionary<string, PSObject?> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions) =>
        new FieldPrompt(this).Ask(caption, message, descriptions);

    /// <inheritdoc/>
    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        new ChoicePrompt(this).AskOne(caption, message, choices, defaultChoice);

    /// <inheritdoc/>
    public Collection<int> PromptForChoice(
        string? caption, string? message, Collection<ChoiceDescription> choices, IEnumerable<int>? defaultChoices) =>
        new ChoicePrompt(this).AskMany(caption, message, choices, [.. defaultChoices ?? []]);

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options)
    {
        WriteHeading(caption, message);
        if (string.IsNullOrEmpty(userName))
        {
            Write("User: ");
            userName = ReadLine();
        }

        Write($"Password for user {userName}: ");
        return new PSCredential(userName, ReadLineAsSecureString());
    }

    /// <summary>Writes what stands above a question.</summary>
    internal void WriteHeading(string? caption, string? message)
    {
        WriteLine();
        if (!string.IsNullOrEmpty(caption))
            WriteLine(Coloured(PSStyle.Instance.Bold, caption));
        if (!string.IsNullOrEmpty(message))
            WriteLine(message);
    }

    private string Coloured(string style, string text) =>
        _console.UsesColour && text.Length > 0 ? style + text + PSStyle.Instance.Reset : text;

    private void Put(TextWriter stream, string text)
    {
        lock (_lock)
        {
            Progress.Hide();
            // Views put their own escape sequences into what they write.
            stream.Write(GetOutputString(text, supportsVirtualTerminal: _console.UsesColour));
        }
    }
}
