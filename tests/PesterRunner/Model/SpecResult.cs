using System.Management.Automation;

namespace ImageCmdlets.PesterRunner.Model;

/// <summary>What came of one test.</summary>
/// <param name="Outcome">Whether it passed.</param>
/// <param name="Errors">What made it fail: of the test itself, of the hooks around it, or of its block.</param>
/// <param name="Output">Errors that did not end the test and warnings, for the reader of a failure.</param>
public sealed record SpecResult(SpecOutcome Outcome, IReadOnlyList<ErrorRecord> Errors, string Output);
