using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>What came of making or changing an image version.</summary>
/// <param name="Id">The version.</param>
internal sealed record VersionOutcome(ResourceId Id)
{
    /// <summary>The version as it is then; null where it is not waited for.</summary>
    public ImageVersion? Version { get; init; }

    /// <summary>One error for each region where it failed, or one for all.</summary>
    public IReadOnlyList<ImageCmdletsException> Failure { get; init; } = [];

    /// <summary>Azure's answer to what was asked for, where it is not waited for.</summary>
    public ArmAnswer? Started { get; init; }
}
