namespace ImageCmdlets.Engine.Sessions;

/// <summary>The subscription of a session.</summary>
internal sealed record SubscriptionInfo(string Id, string? Name, string? TenantId);
