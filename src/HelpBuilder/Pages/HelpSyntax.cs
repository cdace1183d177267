namespace ImageCmdlets.HelpBuilder.Pages;

/// <summary>One way to call a command.</summary>
/// <param name="ParameterSet">The name of the parameter set.</param>
/// <param name="IsDefault">Whether it is the default set.</param>
/// <param name="Text">The call, in the notation of Get-Command -Syntax, in one line.</param>
internal sealed record HelpSyntax(string ParameterSet, bool IsDefault, string Text);
