namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>The script is not valid, or uses syntax that the model does not know.</summary>
internal sealed class PsSyntaxException(string message, int line) : Exception(message)
{
    /// <summary>Line of the script, from 1.</summary>
    public int Line { get; } = line;
}
