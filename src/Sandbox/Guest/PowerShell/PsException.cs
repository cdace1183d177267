namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>A terminating error of a script: <c>throw</c>, or an error under <c>-ErrorAction Stop</c>.</summary>
internal sealed class PsException(string message) : Exception(message)
{
    /// <summary>The error as <c>$_</c> in a <c>catch</c>.</summary>
    public PsTable ToRecord() => new(isObject: true)
    {
        ["Exception"] = new PsTable(isObject: true) { ["Message"] = Message },
        ["Message"] = Message,
    };
}
