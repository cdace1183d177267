using System.Management.Automation;
using System.Text.RegularExpressions;

namespace ImageCmdlets.PesterRunner.Assertions;

/// <summary>One use of <c>Should</c> with one operator.</summary>
/// <param name="Actual">The value to look at, or all of them.</param>
/// <param name="Not">Whether the operator is turned round.</param>
/// <param name="Reason">What <c>-Because</c> says.</param>
/// <param name="Session">Where script blocks and paths are resolved.</param>
/// <param name="Parameter">Gives the value of one of the operator's own parameters.</param>
public sealed partial record Assertion(
    object? Actual, bool Not, string? Reason, SessionState Session, Func<string, object?> Parameter)
{
    /// <summary>The value that the operator compares with.</summary>
    public object? Expected => Parameter("ExpectedValue");

    /// <summary>The reason as it stands in a message, such as <c> because it was asked for,</c>.</summary>
    public string Because => string.IsNullOrWhiteSpace(Reason) ? "" : $" because {BecauseWord().Replace(Reason.Trim(), "")},";

    [GeneratedRegex(@"because\s", RegexOptions.IgnoreCase)]
    private static partial Regex BecauseWord();
}
