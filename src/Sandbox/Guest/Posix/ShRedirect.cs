namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>A redirection of a command.</summary>
/// <param name="Descriptor">0, 1 or 2; -1 for <c>&amp;&gt;</c>, which means 1 and 2.</param>
/// <param name="Operator"><c>&lt;</c>, <c>&gt;</c>, <c>&gt;&gt;</c>, <c>&gt;&amp;</c> or <c>&lt;&lt;</c> (here-document).</param>
/// <param name="Target">File, descriptor or the here-document's text.</param>
internal sealed record ShRedirect(int Descriptor, string Operator, ShWord Target);
