using System.Management.Automation;

namespace ImageCmdlets.PesterRunner.Reporting;

/// <summary>A test of a spec file failed; told with the places in the spec and not those in the runner.</summary>
public sealed class SpecFailedException(IReadOnlyList<ErrorRecord> errors)
    : Exception(string.Join(Environment.NewLine, errors.Select(Describe)))
{
    /// <summary>How PowerShell names the place of script that is in no file: here only the runner has such.</summary>
    private const string RunnersOwn = ", <No file>: ";

    /// <summary>Where the spec was when it failed, the innermost call first.</summary>
    public override string StackTrace => string.Join(Environment.NewLine, errors
        .SelectMany(error => (error.ScriptStackTrace ?? "").Split(Environment.NewLine))
        .Where(line => !line.Contains(RunnersOwn, StringComparison.Ordinal)));

    private static string Describe(ErrorRecord error)
    {
        InvocationInfo? place = error.InvocationInfo;
        string where = place is { ScriptName.Length: > 0 }
            ? $"{Environment.NewLine}at {place.Line.Trim()}, {place.ScriptName}:{place.ScriptLineNumber}"
            : "";
        return error.Exception.Message + where;
    }
}
