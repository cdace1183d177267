namespace ImageCmdlets.Tests.Specification;

/// <summary>A member of an object.</summary>
/// <param name="Schema">What its value is.</param>
/// <param name="IsReadOnly">Answers have it; requests need not, and Azure ignores it there.</param>
/// <param name="IsSecret">Requests have it; no answer may show it (<c>x-ms-secret</c>, or a mutability without <c>read</c>).</param>
public sealed record SchemaProperty(SchemaNode Schema, bool IsReadOnly, bool IsSecret);
