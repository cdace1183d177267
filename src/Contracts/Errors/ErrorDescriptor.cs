namespace ImageCmdlets;

/// <summary>One row of the error list: what an ErrorId means for PowerShell, and what to do about it.</summary>
/// <param name="ErrorId">One of <see cref="ErrorIds"/>.</param>
/// <param name="Category">PowerShell's category, by name.</param>
/// <param name="RecommendedAction">The advice when the place that throws knows nothing better.</param>
public sealed record ErrorDescriptor(string ErrorId, ImageErrorCategory Category, string RecommendedAction);
