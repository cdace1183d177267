using System.Runtime.CompilerServices;
using Xunit.v3;

namespace ImageCmdlets.PesterRunner.Discovery;

/// <summary>Makes a test of each <c>It</c> in a folder of spec files.</summary>
[XunitTestCaseDiscoverer(typeof(SpecTestCaseDiscoverer))]
[AttributeUsage(AttributeTargets.Method)]
public sealed class SpecsAttribute(
    string folder, [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
    : FactAttribute(sourceFilePath, sourceLineNumber)
{
    /// <summary>The folder, from the root of the repository.</summary>
    public string Folder { get; } = folder;
}
