namespace ImageCmdlets.Engine.Tracking;

/// <summary>What is known of a resource that others name.</summary>
/// <param name="Found">The resource; null where it is gone or could not be looked at.</param>
/// <param name="IsGone">Whether Azure said that it is not there.</param>
internal sealed record Presence(SeenResource? Found, bool IsGone);
