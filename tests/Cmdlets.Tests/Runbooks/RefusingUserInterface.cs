using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace ImageCmdlets.Cmdlets.Tests.Runbooks;

/// <summary>A user interface that takes messages and refuses everything else: who asks, reads, draws a progress bar or writes to the screen fails, and is noted.</summary>
internal sealed class RefusingUserInterface : PSHostUserInterface
{
    private readonly List<string> _refused = [];

    /// <summary>What was asked of it in vain.</summary>
    public IReadOnlyList<string> Refused => _refused;

    public override PSHostRawUserInterface RawUI => null!;

    public override string ReadLine() => throw Refusal(nameof(ReadLine));

    public override SecureString ReadLineAsSecureString() => throw Refusal(nameof(ReadLineAsSecureString));

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw Refusal($"{nameof(Prompt)} {message}");

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) => throw Refusal($"{nameof(PromptForChoice)} {message}");

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw Refusal(nameof(PromptForCredential));

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw Refusal(nameof(PromptForCredential));

    public override void WriteProgress(long sourceId, ProgressRecord record) => throw Refusal($"{nameof(WriteProgress)} {record.Activity}");

    public override void Write(string value) => throw Refusal($"{nameof(Write)} {value}");

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => throw Refusal($"{nameof(Write)} {value}");

    public override void WriteLine(string value) => throw Refusal($"{nameof(WriteLine)} {value}");

    public override void WriteErrorLine(string value)
    {
    }

    public override void WriteWarningLine(string message)
    {
    }

    public override void WriteVerboseLine(string message)
    {
    }

    public override void WriteDebugLine(string message)
    {
    }

    private HostException Refusal(string what)
    {
        lock (_refused)
            _refused.Add(what);
        return new HostException($"There is nobody: {what}");
    }
}
