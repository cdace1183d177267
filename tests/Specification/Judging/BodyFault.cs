namespace ImageCmdlets.Tests.Specification;

/// <summary>One place where a body does not obey its schema.</summary>
/// <param name="Pointer">The place, with <c>*</c> for the number of an item.</param>
/// <param name="Rule">The rule that is broken.</param>
/// <param name="Detail">What is there instead.</param>
public sealed record BodyFault(string Pointer, string Rule, string Detail);
