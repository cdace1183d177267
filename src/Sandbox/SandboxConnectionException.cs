namespace ImageCmdlets.Sandbox;

/// <summary>The connection broke before an answer came. The request may or may not have had its effect.</summary>
public sealed class SandboxConnectionException : IOException
{
    /// <summary>Creates the exception.</summary>
    public SandboxConnectionException() : this("An existing connection was forcibly closed by the remote host.")
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    public SandboxConnectionException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public SandboxConnectionException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
