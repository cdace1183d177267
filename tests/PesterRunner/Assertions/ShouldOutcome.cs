namespace ImageCmdlets.PesterRunner.Assertions;

/// <summary>What came of an assertion.</summary>
/// <param name="Failure">The message, when it did not hold.</param>
/// <param name="Output">What <c>Should</c> writes, when it held and has something to give.</param>
public readonly record struct ShouldOutcome(string? Failure, object? Output = null)
{
    /// <summary>Holds, or fails with the message that belongs to the way round it was asked.</summary>
    public static ShouldOutcome Of(bool holds, Assertion assertion, Func<string> failure, Func<string> negatedFailure) =>
        holds != assertion.Not ? default : new ShouldOutcome(assertion.Not ? negatedFailure() : failure());
}
