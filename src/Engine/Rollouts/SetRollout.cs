using System.Text.Json;
using ImageCmdlets.Engine.ScaleSets;

namespace ImageCmdlets.Engine.Rollouts;

/// <summary>What one scale set is to get, and how.</summary>
/// <param name="Set">The set, as Azure answers.</param>
/// <param name="Image">What its machines run in the end: a URN with its exact version, or the id of an image or version.</param>
/// <param name="Pace">How fast.</param>
/// <param name="IsIncluded">Which machines are meant.</param>
internal sealed record SetRollout(JsonElement Set, string Image, RolloutPace Pace, Func<ImageScaleSetInstance, bool> IsIncluded)
{
    public const int UsualPercent = 20;

    public ResourceId Id { get; } = ResourceId.TryParse(Set.GetProperty("id").GetString())!;

    /// <summary>Whether Azure is to say of each machine that it is healthy; a load balancer's probe does not watch the machines of a flexible set.</summary>
    public bool IsWatched { get; } = ScaleSetMapper.Map(Set) is { HealthSource: { } source } set && (source == "Extension" || set.OrchestrationMode != ScaleSetDefinition.Flexible);

    public int BatchPercent => Pace.MaxBatchPercent ?? UsualPercent;

    /// <summary>How many may be unhealthy before a batch.</summary>
    public int UnhealthyPercent => Pace.MaxUnhealthyPercent ?? UsualPercent;

    /// <summary>How many of those that have the image may be unhealthy.</summary>
    public int UpgradedPercent => Pace.MaxUnhealthyUpgradedPercent ?? 0;

    public TimeSpan Pause => Pace.Pause ?? TimeSpan.Zero;

    /// <summary>Whether machines that had the image before count among those that it must not have made unhealthy.</summary>
    public bool CountsEarlier { get; init; } = true;

    /// <summary>What the set's model names all the while; when it names something else, somebody else is at work.</summary>
    public required string Model { get; init; }

    /// <summary>What the user does when it has stopped.</summary>
    public required string Advice { get; init; }

    /// <summary>Whether a machine runs the image.</summary>
    public bool HasImage(ImageScaleSetInstance machine) => string.Equals(machine.Image, Image, StringComparison.OrdinalIgnoreCase);
}
