namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>One request that the engine made of a replay.</summary>
/// <param name="Method">Such as <c>GET</c>.</param>
/// <param name="Uri">As the engine sent it.</param>
/// <param name="Body">Empty when there was none.</param>
/// <param name="Answer">The exchange that answered it; null where the resource did not exist at that time of the recording.</param>
internal sealed record ReplayedRequest(string Method, Uri Uri, string Body, RecordedExchange? Answer)
{
    public override string ToString() => $"{Method} {Uri.PathAndQuery}";
}
