namespace ImageCmdlets.Specification.Tests.Examples;

/// <summary>An example that the sandbox refuses, and why that is right.</summary>
/// <param name="Example">Operation and name of the example.</param>
/// <param name="Status">HTTP status of the refusal; that of the acceptance when the operation fails later.</param>
/// <param name="Code">Error code.</param>
/// <param name="Why">Why Azure would refuse it here, or what the sandbox does not model.</param>
internal sealed record ExpectedRefusal(string Example, int Status, string Code, string Why);
