using System.Management.Automation;

namespace ImageCmdlets.Cmdlets.Tests.Runbooks;

/// <summary>What a job put out, and the error that ended it.</summary>
/// <param name="Output">Its objects; the last one is the summary.</param>
/// <param name="Error">Null where it ended well.</param>
/// <param name="Warnings">What it warned of.</param>
internal sealed record RunbookRun(IReadOnlyList<PSObject> Output, ErrorRecord? Error, IReadOnlyList<string> Warnings)
{
    public static RunbookRun Of(PowerShell shell)
    {
        var output = new PSDataCollection<PSObject>();
        ErrorRecord? error = null;
        try
        {
            shell.Invoke(null, output);
        }
        catch (RuntimeException exception)
        {
            error = exception.ErrorRecord;
        }

        return new RunbookRun([.. output], error ?? shell.Streams.Error.FirstOrDefault(), [.. shell.Streams.Warning.Select(warning => warning.Message)]);
    }

    /// <summary>A property of the summary.</summary>
    public object? this[string name] => Output[^1].Properties[name]?.Value;

    /// <summary>A list of the summary, as text.</summary>
    public string List(string name) => LanguagePrimitives.ConvertTo<string>(this[name]);
}
