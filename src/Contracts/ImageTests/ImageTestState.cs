namespace ImageCmdlets;

/// <summary>What a test of an image, or one of its checks, came to.</summary>
public enum ImageTestState
{
    /// <summary>It was as it should be.</summary>
    Passed,

    /// <summary>It was not.</summary>
    Failed,

    /// <summary>A check that could not be made, or that says nothing of this image; the evidence says why.</summary>
    Skipped,
}
