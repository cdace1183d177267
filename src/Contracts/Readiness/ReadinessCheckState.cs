namespace ImageCmdlets;

/// <summary>What a check came to.</summary>
public enum ReadinessCheckState
{
    /// <summary>Nothing was found that is more than a fact.</summary>
    Passed,

    /// <summary>Something may surprise whoever uses the image.</summary>
    Warning,

    /// <summary>Something stops the generalization, or breaks the image.</summary>
    Failed,

    /// <summary>It was not made, and nothing is known.</summary>
    Skipped,
}
