namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>A script block as a value.</summary>
/// <param name="Body">Its statements.</param>
/// <param name="Parameters">Its parameters: name and default.</param>
internal sealed record PsScriptBlock(PsNode Body, IReadOnlyList<KeyValuePair<string, PsNode?>> Parameters);
