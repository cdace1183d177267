namespace ImageCmdlets.Sandbox;

/// <summary>A subscription of the sandbox's tenant.</summary>
/// <param name="Id">Subscription id, a GUID in lower case.</param>
/// <param name="DisplayName">Name shown to people.</param>
public sealed record SandboxSubscription(string Id, string DisplayName);
