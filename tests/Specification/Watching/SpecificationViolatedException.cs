namespace ImageCmdlets.Tests.Specification;

/// <summary>Requests or answers broke the published specification; the message lists how.</summary>
public sealed class SpecificationViolatedException(string message) : Exception(message);
