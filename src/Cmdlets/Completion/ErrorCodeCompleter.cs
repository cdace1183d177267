using ImageCmdlets.Engine.Diagnosis;

namespace ImageCmdlets.Commands;

/// <summary>Completes the codes and ids of errors that the catalogue of rules knows.</summary>
public sealed class ErrorCodeCompleter : FixedCompleter
{
    private protected override IReadOnlyList<string> Values(string commandName) => DiagnosisService.GetKnownCodes();
}
