using System.Collections;
using System.Management.Automation;
using ImageCmdlets.Engine.Diagnosis;

namespace ImageCmdlets.Commands;

/// <summary>Explains an error: why it came, and what to do about it. Asks nobody.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "ImageError", DefaultParameterSetName = RecordSet)]
[OutputType(typeof(ImageFinding))]
public sealed class ResolveImageErrorCommand : ImageCmdletBase
{
    private const string RecordSet = "ErrorRecord";
    private const string ExceptionSet = "Exception";
    private const string TextSet = "Text";
    private const string LogSet = "Log";

    // Chooses the list view: whoever asks about one error wants to read all of the answer.
    private const string ViewName = "ImageCmdlets.ImageFinding#Resolved";

    private readonly List<string> _lines = [];

    /// <summary>Errors of any command, of this module or not. Without any argument, the session's latest error is explained.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = RecordSet)]
    [ValidateNotNull]
    public ErrorRecord[]? ErrorRecord { get; set; }

    /// <summary>Exceptions of any program.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ExceptionSet)]
    public Exception[] Exception { get; set; } = [];

    /// <summary>Codes of Azure's, of Windows' (<c>0x80073cf2</c>), ids of this module's errors, or ids of rules. With <c>-Message</c>, the
    /// codes of that one error; else each is explained by itself.</summary>
    [Parameter(ParameterSetName = TextSet)]
    [ArgumentCompleter(typeof(ErrorCodeCompleter))]
    [ErrorText]
    [ValidateNotNullOrEmpty]
    public string[] Code { get; set; } = [];

    /// <summary>The text of one error, as any program printed it; a code alone is one too.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = TextSet)]
    [ErrorText]
    [AllowEmptyString]
    public string[] Message { get; set; } = [];

    /// <summary>Lines of a log of sysprep's or of waagent's.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LogSet)]
    [AllowEmptyString]
    public string[] Log { get; set; } = [];

    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case RecordSet when ErrorRecord is not null:
                foreach (ErrorRecord record in ErrorRecord)
                    Write(ErrorDescriptions.Of(record));
                break;
            case ExceptionSet:
                foreach (Exception exception in Exception)
                    Write(ErrorDescriptions.Of(exception));
                break;
            case TextSet:
                _lines.AddRange(Message);
                break;
            case LogSet:
                Write(new ErrorDescription { Message = Log });
                break;
        }
    }

    protected override void EndProcessing()
    {
        if (ParameterSetName == TextSet)
            WriteText();
        else if (ParameterSetName == RecordSet && ErrorRecord is null && !MyInvocation.ExpectingInput)
            WriteLatest();
    }

    private void WriteText()
    {
        if (Code.Length == 0 && _lines.Count > 0 && _lines.TrueForAll(DiagnosisService.IsCode))
        {
            foreach (string line in _lines)
                Write(new ErrorDescription { Code = [line.Trim()] });
            return;
        }

        if (_lines.Count > 0)
        {
            Write(new ErrorDescription { Code = Code, Message = [string.Join("\n", _lines)] });
            return;
        }

        foreach (string code in Code)
            Write(new ErrorDescription { Code = [code] });
    }

    private void WriteLatest()
    {
        object? latest = GetVariableValue("global:Error") is IList { Count: > 0 } errors ? errors[0] : null;
        switch (latest is PSObject wrapped ? wrapped.BaseObject : latest)
        {
            case ErrorRecord record:
                Write(ErrorDescriptions.Of(record));
                break;
            case Exception exception:
                Write(ErrorDescriptions.Of(exception));
                break;
            default:
                WriteWarning("There is no error in this session.");
                break;
        }
    }

    private void Write(ErrorDescription error)
    {
        foreach (ImageFinding finding in DiagnosisService.Resolve(error))
        {
            PSObject item = PSObject.AsPSObject(finding);
            item.TypeNames.Insert(0, ViewName);
            WriteObject(item);
        }
    }
}
