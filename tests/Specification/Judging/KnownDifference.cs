namespace ImageCmdlets.Tests.Specification;

/// <summary>A place where Azure itself does not keep to its specification, proven by recorded traffic or by an example of its own.</summary>
/// <param name="Operations">What the ids of the operations begin with: one operation, or all that show the same resource.</param>
/// <param name="Part">What the part of the exchange begins with, as <see cref="Violation.Part"/>.</param>
/// <param name="Pointer">How the place ends, as <see cref="Violation.Pointer"/>; empty: the whole body.</param>
/// <param name="Rule">The broken rule.</param>
/// <param name="Recording">Name of a recording, or of an example, that shows it.</param>
/// <param name="Why">What Azure does instead.</param>
public sealed record KnownDifference(string Operations, string Part, string Pointer, string Rule, string Recording, string Why)
{
    /// <summary>Whether a violation is this one.</summary>
    public bool Covers(Violation violation) =>
        violation.Operation.StartsWith(Operations, StringComparison.Ordinal)
        && violation.Part.StartsWith(Part, StringComparison.Ordinal)
        && (Pointer.Length == 0 ? violation.Pointer.Length == 0 : violation.Pointer.EndsWith(Pointer, StringComparison.Ordinal))
        && violation.Rule == Rule;

    /// <inheritdoc />
    public override string ToString() => $"{Operations} {Part} {Pointer} {Rule}";
}
