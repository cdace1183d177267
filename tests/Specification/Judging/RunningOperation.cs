namespace ImageCmdlets.Tests.Specification;

/// <summary>What an address to poll tells of.</summary>
/// <param name="Operation">The operation that was started.</param>
/// <param name="IsStatus">Whether it is the address of the status (<c>Azure-AsyncOperation</c>), not of the result.</param>
/// <param name="IsOfItsVersion">Whether the operation is that of the version that was asked for, not the nearest.</param>
internal sealed record RunningOperation(SpecificationOperation Operation, bool IsStatus, bool IsOfItsVersion);
