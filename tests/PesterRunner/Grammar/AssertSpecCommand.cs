using System.Management.Automation;
using ImageCmdlets.PesterRunner.Assertions;

namespace ImageCmdlets.PesterRunner.Grammar;

/// <summary><c>Should</c>: fails the test unless the values piped in are as one operator says.</summary>
[Cmdlet(VerbsLifecycle.Assert, "Spec")]
public sealed class AssertSpecCommand : PSCmdlet, IDynamicParameters
{
    private const string FailureId = "PesterAssertionFailed";

    private readonly RuntimeDefinedParameterDictionary _operators = ShouldParameters.Create();
    private readonly List<object?> _actual = [];

    /// <summary>The value to look at.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public object? ActualValue { get; set; }

    /// <summary>Gives a parameter set for each operator.</summary>
    public object GetDynamicParameters() => _operators;

    /// <inheritdoc/>
    protected override void ProcessRecord() => _actual.Add(ActualValue);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        ShouldOperator chosen = ShouldOperator.All[ParameterSetName];
        if (_actual.Count == 0 || chosen.TakesAllValues)
        {
            Check(chosen, _actual.Count == 0 ? null : _actual.ToArray());
            return;
        }

        foreach (object? value in _actual)
            Check(chosen, value);
    }

    private void Check(ShouldOperator chosen, object? actual)
    {
        bool not = Value(ShouldParameters.Not) is SwitchParameter { IsPresent: true };
        Assertion assertion = new(actual, not, Value(ShouldParameters.Because) as string, SessionState, Value);
        ShouldOutcome outcome = chosen.Check(assertion);
        if (outcome.Failure is { } failure)
            ThrowTerminatingError(new ErrorRecord(new AssertionFailedException(failure), FailureId, ErrorCategory.InvalidResult, actual));

        if (outcome.Output is not null)
            WriteObject(outcome.Output);
    }

    private object? Value(string parameter) => _operators[parameter] is { IsSet: true } bound ? bound.Value : null;
}
