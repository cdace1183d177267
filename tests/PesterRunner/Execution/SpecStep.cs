using System.Collections;
using System.Management.Automation;

namespace ImageCmdlets.PesterRunner.Execution;

/// <summary>One script block on its way into a scope and what came of it; script reads and writes it there.</summary>
public sealed class SpecStep(ScriptBlock body, Hashtable named)
{
    /// <summary>The script block to dot-source.</summary>
    public ScriptBlock Body { get; } = body;

    /// <summary>Arguments for its parameters by name.</summary>
    public Hashtable Named { get; } = named;

    /// <summary>The error that ended it.</summary>
    public ErrorRecord? Error { get; set; }
}
