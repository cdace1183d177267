namespace ImageCmdlets.Engine.Arm;

/// <summary>No answer came, after all attempts.</summary>
internal sealed class ConnectionException(Exception cause) : Exception(cause.Message, cause);
