namespace ImageCmdlets.PesterRunner.Model;

/// <summary>The scripts that a block runs around its tests.</summary>
public enum SpecHook
{
    /// <summary>Once, before the first test of the block.</summary>
    BeforeAll,

    /// <summary>Before each test of the block and of the blocks inside it.</summary>
    BeforeEach,

    /// <summary>After each test of the block and of the blocks inside it.</summary>
    AfterEach,

    /// <summary>Once, after the last test of the block.</summary>
    AfterAll,
}
