using System.Management.Automation;

namespace ImageCmdlets.PesterRunner.Assertions;

/// <summary>Throw: a script block ends with an error, of the type, message and id told.</summary>
internal sealed class ThrowOperator() : ShouldOperator("Throw")
{
    // The try is PowerShell's own, so that the error is the one a script would catch.
    private static readonly ScriptBlock s_catch = ScriptBlock.Create(
        "try { do { $null = & $args[0] } while ($false) } catch { $_ }");

    public override IReadOnlyList<(string Name, Type Type)> Parameters { get; } =
    [
        ("ExpectedMessage", typeof(string)),
        ("ErrorId", typeof(string)),
        ("ExceptionType", typeof(Type)),
        ("PassThru", typeof(SwitchParameter)),
    ];

    public override ShouldOutcome Check(Assertion assertion)
    {
        if (Values.Unwrap(assertion.Actual) is not ScriptBlock script)
        {
            throw new ArgumentException(
                "Input is missing or not a ScriptBlock. Input to '-Throw' and '-Not -Throw' must be enclosed in curly braces.");
        }

        ErrorRecord? error = assertion.Session.InvokeCommand
            .InvokeScript(useLocalScope: true, s_catch, input: null, script)
            .Select(result => result.BaseObject).OfType<ErrorRecord>().LastOrDefault();
        if (assertion.Not)
            return error is null ? default : new ShouldOutcome(Unexpected(assertion, error));

        string failure = Failure(assertion, error);
        return failure.Length > 0
            ? new ShouldOutcome(failure)
            : new ShouldOutcome(null, LanguagePrimitives.IsTrue(assertion.Parameter("PassThru")) ? error : null);
    }

    private static string Unexpected(Assertion assertion, ErrorRecord error) =>
        $"Expected no exception to be thrown,{assertion.Because} "
        + $"but an exception \"{error.Exception.Message}\" was thrown {Place(error)}.";

    private static string Failure(Assertion assertion, ErrorRecord? error)
    {
        List<string> filters = [];
        List<string> buts = [];
        if (Values.Unwrap(assertion.Parameter("ExceptionType")) is Type type)
        {
            filters.Add($"type {ValueText.Of(type)}");
            if (error is not null && !type.IsInstanceOfType(error.Exception))
                buts.Add($"the exception type was {ValueText.Of(error.Exception.GetType())}");
        }

        Compare("message like", "message", "ExpectedMessage", WildcardPattern.Unescape, error?.Exception.Message);
        Compare("FullyQualifiedErrorId", "FullyQualifiedErrorId", "ErrorId", text => text, error?.FullyQualifiedErrorId);
        if (error is null)
            buts.Add("no exception was thrown");
        if (buts.Count == 0)
            return "";

        string with = filters.Count > 0 ? " with " + Join(filters) : "";
        string place = error is null ? "" : Place(error);
        return $"Expected an exception{with} to be thrown,{assertion.Because} but {Join(buts)}. {place}".Trim();

        void Compare(string filter, string what, string parameter, Func<string, string> shown, string? actual)
        {
            if (assertion.Parameter(parameter) is not string pattern || string.IsNullOrWhiteSpace(pattern))
                return;

            filters.Add($"{filter} {ValueText.Of(shown(pattern))}");
            if (actual is not null && !WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(actual))
                buts.Add($"the {what} was {ValueText.Of(actual)}");
        }
    }

    private static string Join(List<string> parts) =>
        parts.Count < 2 ? string.Concat(parts) : $"{string.Join(", ", parts[..^1])} and {parts[^1]}";

    private static string Place(ErrorRecord error)
    {
        string[] lines = (error.InvocationInfo?.PositionMessage ?? "").Split(
            ['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return string.Join($"{Environment.NewLine}    ", lines) is { Length: > 3 } place ? "from " + place[3..] : "";
    }
}
