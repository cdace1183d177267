using ImageCmdlets.Tests.Specification;

namespace ImageCmdlets.Specification.Tests.Examples;

/// <summary>How the sandbox took an example.</summary>
/// <param name="Status">HTTP status of the answer.</param>
/// <param name="Code">Error code of a refusal, or of the operation that failed later; null when all went well.</param>
/// <param name="Message">Its text.</param>
/// <param name="Violations">What is wrong with answer and result by the specification.</param>
internal sealed record PlayedExample(int Status, string? Code, string? Message, IReadOnlyList<Violation> Violations)
{
    /// <summary>Whether the request was taken and what it began succeeded.</summary>
    public bool IsAccepted => Status < 400 && Code is null;

    /// <inheritdoc />
    public override string ToString() => $"{Status} {Code}: {Message}";
}
