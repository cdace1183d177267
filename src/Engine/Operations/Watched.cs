namespace ImageCmdlets.Engine.Operations;

/// <summary>What watching came to.</summary>
/// <param name="Last">What the last look gave.</param>
/// <param name="Reached">Whether it was as wanted; false: the limit was over.</param>
internal sealed record Watched<T>(T Last, bool Reached);
