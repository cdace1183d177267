namespace ImageCmdlets;

/// <summary>A machine of a scale set.</summary>
/// <remarks>Source: <c>VirtualMachineScaleSetVMs_List</c> with <c>$expand=instanceView</c>; of a flexible set <c>VirtualMachines_Get</c>.</remarks>
public sealed class ImageScaleSetInstance(string id) : ArmResource(id)
{
    /// <summary>The number of the instance, or the name of a flexible set's machine.</summary>
    public string? InstanceId { get; init; }

    public string? Size { get; init; }

    /// <summary>What it runs: a URN with its exact version, the id of an image or version, or the address of a VHD.</summary>
    public string? Image { get; init; }

    /// <summary>The same in short: the URN, the image's name, or gallery/definition/version.</summary>
    public string? ImageName => ShortImageName.Of(Image);

    /// <summary>The exact version that it runs, of the marketplace or of a gallery; null for a managed image.</summary>
    public string? Version { get; init; }

    /// <summary>Whether it is as the model of its set wants it; null of a flexible set's machine, where Azure does not say.</summary>
    public bool? LatestModelApplied { get; init; }

    /// <summary><c>Running</c>, <c>Stopped</c>, <c>Deallocated</c> …</summary>
    public string? PowerState { get; init; }

    /// <summary><c>Healthy</c>, <c>Unhealthy</c> …, as a health probe or the application health extension says; null where nobody watches.</summary>
    public string? Health { get; init; }

    /// <summary>Whether it is kept out of what the set does with its machines, upgrades too (<c>protectFromScaleSetActions</c>).</summary>
    public bool IsProtected { get; init; }

    public IReadOnlyList<string> Zone { get; init => field = value.ToArray(); } = [];
}
