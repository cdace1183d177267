namespace ImageCmdlets.PesterRunner.Model;

/// <summary>What blocks and tests have in common.</summary>
public abstract class SpecNode
{
    /// <summary>The block around this one; <see langword="null"/> only for the root.</summary>
    public SpecBlock? Parent { get; init; }

    /// <summary>Ordinals from the root down, such as <c>0.2.1</c>: the same in every discovery of the same file.</summary>
    public required string Id { get; init; }

    /// <summary>The name with its <c>&lt;templates&gt;</c> filled in from the data.</summary>
    public required string Name { get; init; }

    /// <summary>One case of <c>-ForEach</c>, or <see langword="null"/>.</summary>
    public SpecData? Data { get; init; }

    /// <summary>Whether <c>-Skip</c> was given here.</summary>
    public bool SkippedHere { get; init; }

    /// <summary>The tags given here.</summary>
    public IReadOnlyList<string> TagsHere { get; init; } = [];

    /// <summary>The line of the <c>Describe</c>, <c>Context</c> or <c>It</c>.</summary>
    public int Line { get; init; }

    /// <summary>Whether this or a block around it is skipped.</summary>
    public bool Skipped => SkippedHere || Parent is { Skipped: true };

    /// <summary>The tags of this and of the blocks around it.</summary>
    public IEnumerable<string> Tags => Parent is null ? TagsHere : Parent.Tags.Concat(TagsHere).Distinct();

    /// <summary>The names from the outermost block down, as Pester prints a path.</summary>
    public string Path => Parent is null or { Parent: null } ? Name : $"{Parent.Path}.{Name}";
}
