using System.Text;

namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>The three standard streams of a command.</summary>
/// <param name="In">Standard input.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error; the same buffer as the output after <c>2&gt;&amp;1</c>.</param>
internal sealed record ShStreams(ShInput In, StringBuilder Out, StringBuilder Error);
