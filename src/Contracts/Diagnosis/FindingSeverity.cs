namespace ImageCmdlets;

/// <summary>How much a finding matters for an image.</summary>
public enum FindingSeverity
{
    /// <summary>A fact worth knowing; nothing has to be done.</summary>
    Information,

    /// <summary>The image can be made, and whoever uses it may be surprised.</summary>
    Warning,

    /// <summary>Generalizing fails, or machines made of the image do not start or are not each their own.</summary>
    Error,
}
