namespace ImageCmdlets;

/// <summary>What retention would do with a version.</summary>
public enum ImageRetentionAction
{
    /// <summary>It stays.</summary>
    Keep,

    /// <summary>Invoke-ImageRetention removes it.</summary>
    Remove,
}
