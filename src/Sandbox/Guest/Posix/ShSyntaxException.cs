namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>The script is not valid, or uses syntax that the model does not know.</summary>
internal sealed class ShSyntaxException(string message, int line) : Exception(message)
{
    /// <summary>Line of the script, from 1.</summary>
    public int Line { get; } = line;
}
