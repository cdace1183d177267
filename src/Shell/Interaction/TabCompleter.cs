using System.Management.Automation;

namespace ImageCmdlets.Shell.Interaction;

/// <summary>Completes a line with the engine's own completion: commands, parameters, files and the cmdlets' completers.</summary>
internal sealed class TabCompleter(Func<PowerShell> powerShellFactory)
{
    private CommandCompletion? _matches;
    private string _before = "";
    private string _after = "";

    /// <summary>Puts the first match into the line, or the next one when pressed again.</summary>
    public void Complete(LineBuffer line, bool backwards)
    {
        CommandCompletion matches = _matches ??= Start(line);
        if (matches.GetNextResult(forward: !backwards) is not { } match)
            return;

        string text = _before + match.CompletionText;
        line.Replace(text + _after, text.Length);
    }

    /// <summary>Forgets the matches: the line was edited, so the next Tab starts anew.</summary>
    public void Forget() => _matches = null;

    private CommandCompletion Start(LineBuffer line)
    {
        using PowerShell powerShell = powerShellFactory();
        CommandCompletion matches = CommandCompletion.CompleteInput(line.Text, line.Caret, options: null, powerShell);
        bool found = matches.ReplacementIndex >= 0;
        _before = found ? line.Text[..matches.ReplacementIndex] : line.Text;
        _after = found ? line.Text[(matches.ReplacementIndex + matches.ReplacementLength)..] : "";
        return matches;
    }
}
