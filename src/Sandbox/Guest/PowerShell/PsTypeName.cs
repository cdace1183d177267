namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>A type as a value: <c>[datetime]</c>.</summary>
/// <param name="Name">As written, without brackets.</param>
internal sealed record PsTypeName(string Name)
{
    /// <summary>Last part of the name in lower case: <c>System.IO.Path</c> is <c>path</c>.</summary>
    public string Short => Name.Substring(Name.LastIndexOf('.') + 1).ToLowerInvariant();
}
