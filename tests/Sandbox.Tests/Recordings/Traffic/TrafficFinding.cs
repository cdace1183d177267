namespace ImageCmdlets.Sandbox.Tests.Recordings.Traffic;

/// <summary>One point in which the sandbox's answer to a recorded request is not Azure's.</summary>
/// <param name="Session">File name of the recording, without folder and extension.</param>
/// <param name="Index">Place of the exchange in the recording.</param>
/// <param name="Operation">Name of the operation in the specification.</param>
/// <param name="Request">Method, path and api-version.</param>
/// <param name="Point">What differs, such as <c>status 404 ResourceNotFound for 200</c> or <c>properties.x is missing</c>.</param>
/// <param name="Detail">What the sandbox said of it; empty when the point says all.</param>
internal sealed record TrafficFinding(string Session, int Index, string Operation, string Request, string Point, string Detail = "")
{
    public override string ToString() => $"{Session} #{Index} {Operation} {Request}: {Point}{(Detail.Length > 0 ? $" -- {Detail}" : null)}";
}
