namespace ImageCmdlets.Sandbox.Tests.Recordings.Traffic;

/// <summary>One point in which the sandbox's answer to a recorded request is not Azure's.</summary>
/// <param name="Session">File name of the recording, without folder and extension.</param>
/// <param name="Index">Place of the exchange in the recording.</param>
/// <param name="Request">Method and path.</param>
/// <param name="Point">What differs, such as <c>status 404 for 200</c> or <c>properties.x is missing</c>.</param>
internal sealed record TrafficFinding(string Session, int Index, string Request, string Point)
{
    public override string ToString() => $"{Session} #{Index} {Request}: {Point}";
}
