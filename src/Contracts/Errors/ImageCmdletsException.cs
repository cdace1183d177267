namespace ImageCmdlets;

/// <summary>A failure with everything an ErrorRecord needs: id, category, target and advice.</summary>
/// <remarks>Thrown by Engine; Cmdlets makes the ErrorRecord of it. The message never holds a secret.</remarks>
public class ImageCmdletsException : Exception
{
    /// <param name="errorId">One of <see cref="ErrorIds"/>; it decides the category.</param>
    /// <param name="message">What went wrong, for a person.</param>
    /// <param name="target">The ARM id where one is known, else the offending argument.</param>
    /// <param name="recommendedAction">One imperative sentence; without it the catalogue's.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public ImageCmdletsException(
        string errorId,
        string message,
        object? target = null,
        string? recommendedAction = null,
        Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorDescriptor descriptor = ErrorCatalog.Find(errorId);
        ErrorId = descriptor.ErrorId;
        Category = descriptor.Category;
        Target = target;
        RecommendedAction = recommendedAction ?? descriptor.RecommendedAction;
    }

    /// <summary>One of <see cref="ErrorIds"/>.</summary>
    public string ErrorId { get; }

    /// <summary>The PowerShell category of this id.</summary>
    public ImageErrorCategory Category { get; }

    /// <summary>The ARM id where one is known, else the offending argument.</summary>
    public object? Target { get; }

    /// <summary>One imperative sentence that names a command, a parameter or a permission.</summary>
    public string RecommendedAction { get; }
}
