namespace ImageCmdlets;

/// <summary>A script of the user's for guests: all is well where it ends with exit code 0.</summary>
/// <param name="Name">What it is called in the result.</param>
/// <param name="Text">The script: sh on Linux unless its first line says otherwise, Windows PowerShell on Windows.</param>
public sealed record ImageScript(string Name, string Text)
{
    /// <summary>Scripts may hold secrets; only the name is shown.</summary>
    public override string ToString() => Name;
}
