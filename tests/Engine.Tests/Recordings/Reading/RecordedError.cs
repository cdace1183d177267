namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>One line of an error collection: a refused request, or the poll in which a long-running operation ended as Failed.</summary>
/// <param name="Line">Where it stands, for messages.</param>
/// <param name="Exchange">Request and answer.</param>
internal sealed record RecordedError(string Line, RecordedExchange Exchange)
{
    public override string ToString() => $"{Line}: {Exchange.Method} {Exchange.Uri.AbsolutePath} {Exchange.Status}";
}
