namespace ImageCmdlets.Sandbox;

/// <summary>One HTTP answer of the sandbox.</summary>
public sealed class SandboxResponse
{
    internal SandboxResponse(int status, IReadOnlyList<KeyValuePair<string, string>> headers, byte[] body)
    {
        Status = status;
        Headers = headers;
        Body = body;
    }

    /// <summary>Simulated time that passes before the answer is there.</summary>
    internal TimeSpan Delay { get; init; }

    /// <summary>HTTP status code.</summary>
    public int Status { get; }

    /// <summary>Headers in the order in which they are sent.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>Body; empty when there is none.</summary>
    public byte[] Body { get; }
}
