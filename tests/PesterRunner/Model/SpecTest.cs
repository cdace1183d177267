using System.Management.Automation;

namespace ImageCmdlets.PesterRunner.Model;

/// <summary>One <c>It</c>, or one case of it.</summary>
public sealed class SpecTest : SpecNode
{
    /// <summary>What the test does.</summary>
    public required ScriptBlock Body { get; init; }
}
