namespace ImageCmdlets.SandboxServer.SignIn;

/// <summary>Who asked for a token.</summary>
/// <param name="TenantId">Tenant in which the caller signed in.</param>
/// <param name="ObjectId">Object id of user or service principal.</param>
/// <param name="ClientId">Application.</param>
/// <param name="User">Name of the user; null when an application signed in for itself.</param>
internal sealed record TokenCaller(string TenantId, string ObjectId, string ClientId, string? User);
