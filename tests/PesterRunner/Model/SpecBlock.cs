using System.Management.Automation;

namespace ImageCmdlets.PesterRunner.Model;

/// <summary>A <c>Describe</c> or <c>Context</c> as discovery found it; the root block stands for the file.</summary>
public sealed class SpecBlock : SpecNode
{
    private readonly List<SpecNode> _children = [];
    private readonly Dictionary<SpecHook, ScriptBlock> _hooks = [];

    /// <summary>Blocks and tests in the order of the file.</summary>
    public IReadOnlyList<SpecNode> Children => _children;

    /// <summary>This block and those around it, the outermost first.</summary>
    public IEnumerable<SpecBlock> Lineage => Parent is null ? [this] : [.. Parent.Lineage, this];

    /// <summary>Every test in this block and the blocks inside it, in the order of the file.</summary>
    public IEnumerable<SpecTest> Tests => _children.SelectMany(child => child is SpecBlock block ? block.Tests : [(SpecTest)child]);

    /// <summary>Adds a block or test, which takes its place in the order as its id.</summary>
    public void Add(SpecNode child) => _children.Add(child);

    /// <summary>The number that the next child takes among its siblings.</summary>
    public int NextOrdinal => _children.Count;

    /// <summary>Adds a hook.</summary>
    /// <exception cref="InvalidOperationException">The block has one of that kind already; Pester refuses that too.</exception>
    public void SetHook(SpecHook hook, ScriptBlock body)
    {
        if (!_hooks.TryAdd(hook, body))
            throw new InvalidOperationException($"{hook} is already defined in this block. Each block can only have one {hook}.");
    }

    /// <summary>The body of a hook, or <see langword="null"/> where the block has none.</summary>
    public ScriptBlock? Hook(SpecHook hook) => _hooks.GetValueOrDefault(hook);
}
