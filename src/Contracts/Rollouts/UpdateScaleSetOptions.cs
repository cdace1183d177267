namespace ImageCmdlets;

/// <summary>A scale set that is to get another image.</summary>
public sealed record UpdateScaleSetOptions
{
    /// <summary>The id of the scale set.</summary>
    public required string Id { get; init; }

    /// <summary>What the model is to name, as for a machine: a URN, the id of an image, image definition or version, or the name of an image in the set's group.</summary>
    public required string Image { get; init; }

    public RolloutPace Pace { get; init; } = new();

    /// <summary>The only machines that get it, by their numbers or names; null: all.</summary>
    public IReadOnlyList<string>? InstanceId { get; init => field = value?.ToArray(); }

    /// <summary>Only change the model; machines that are there stay as they are. Not of a set that brings its machines to a new model by itself.</summary>
    public bool ModelOnly { get; init; }

    /// <summary>Make new machines in the place of those of a flexible set, which cannot be given another image; what is on their disks is lost.</summary>
    public bool ReplaceMachine { get; init; }
}
