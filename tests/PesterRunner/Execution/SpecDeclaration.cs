using System.Management.Automation;
using ImageCmdlets.PesterRunner.Model;

namespace ImageCmdlets.PesterRunner.Execution;

/// <summary>What a <c>Describe</c>, <c>Context</c> or <c>It</c> says in a spec.</summary>
/// <param name="Name">The name, with its templates.</param>
/// <param name="Body">The script block.</param>
/// <param name="Cases">The cases of <c>-ForEach</c>; one <see langword="null"/> without it.</param>
/// <param name="Skip">Whether <c>-Skip</c> was given.</param>
/// <param name="Tags">The tags.</param>
/// <param name="Line">The line in the file.</param>
public sealed record SpecDeclaration(
    string Name, ScriptBlock Body, IReadOnlyList<SpecData?> Cases, bool Skip, IReadOnlyList<string> Tags, int Line);
