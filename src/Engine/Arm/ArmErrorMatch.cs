namespace ImageCmdlets.Engine.Arm;

/// <summary>What an answer of Azure means for the user.</summary>
/// <param name="ErrorId">One of <see cref="ErrorIds"/>.</param>
/// <param name="RecommendedAction">Advice better than the id's own; null: the id's own.</param>
internal sealed record ArmErrorMatch(string ErrorId, string? RecommendedAction = null);
