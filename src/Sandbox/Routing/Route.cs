namespace ImageCmdlets.Sandbox.Routing;

/// <summary>Where a request leads.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Query">Its query.</param>
/// <param name="Operation">The operation; null when there is none.</param>
/// <param name="Values">Values of the operation's template.</param>
internal sealed record Route(
    ArmPath Path, QueryString Query, OperationDefinition? Operation, IReadOnlyDictionary<string, string>? Values);
