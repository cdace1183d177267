namespace ImageCmdlets.Sandbox.Templates;

/// <summary>A part of the template language.</summary>
internal abstract record Expression;
