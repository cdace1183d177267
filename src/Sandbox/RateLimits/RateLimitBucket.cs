namespace ImageCmdlets.Sandbox.RateLimits;

/// <summary>A bucket of calls as a provider reports it.</summary>
/// <param name="Name">Name in the header, such as <c>PutVM3Min</c>.</param>
/// <param name="Limit">Calls in one window.</param>
/// <param name="Window">Length of the window.</param>
/// <param name="PerResource">Whether every resource has a bucket of its own.</param>
internal sealed record RateLimitBucket(string Name, int Limit, TimeSpan Window, bool PerResource = false);
