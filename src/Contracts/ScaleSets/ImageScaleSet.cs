namespace ImageCmdlets;

/// <summary>A scale set: machines that are made of one model, and the image that the model names.</summary>
/// <remarks>Source: <c>VirtualMachineScaleSets_Get</c>, <c>VirtualMachineScaleSetVMs_List</c>.</remarks>
public sealed class ImageScaleSet(string id) : ArmResource(id)
{
    /// <summary><c>Uniform</c>: instances of the set only. <c>Flexible</c>: ordinary machines that belong to it.</summary>
    public string OrchestrationMode { get; init; } = "Uniform";

    /// <summary>How instances get a new model: <c>Manual</c>, <c>Automatic</c> or <c>Rolling</c>; null for a flexible set without a model.</summary>
    public string? UpgradeMode { get; init; }

    /// <summary><c>Probe</c>: a load balancer's probe watches the health of the instances. <c>Extension</c>: the Application Health extension in each of them.
    /// Null: nothing does, and no rolling upgrade is possible.</summary>
    public string? HealthSource { get; init; }

    /// <summary>How many machines the set is to have.</summary>
    public int? Capacity { get; init; }

    public string? Size { get; init; }

    /// <summary><c>Windows</c> or <c>Linux</c>; null where the model does not say.</summary>
    public string? OSType { get; init; }

    /// <summary>What the model names, and the next instance is made of: a URN, the id of an image, definition or version, or the address of
    /// a VHD. What runs now is in <see cref="Instance"/>.</summary>
    public string? Image { get; init; }

    /// <summary>The same in short: the URN, the image's name, or gallery/definition/version.</summary>
    public string? ImageName => ShortImageName.Of(Image);

    /// <summary>The instances; null where they were not asked for.</summary>
    public IReadOnlyList<ImageScaleSetInstance>? Instance { get; init => field = value?.ToArray(); }

    /// <summary>How many instances are as the model wants them; null without <see cref="Instance"/>, and for a flexible set, of whose machines
    /// Azure does not say.</summary>
    public int? LatestModelCount => Count(isLatest: true);

    /// <summary>How many instances have an earlier model; null as <see cref="LatestModelCount"/>.</summary>
    public int? OutdatedCount => Count(isLatest: false);

    public IReadOnlyList<string> Zone { get; init => field = value.ToArray(); } = [];

    public PurchasePlan? Plan { get; init; }

    public DateTimeOffset? TimeCreated { get; init; }

    private int? Count(bool isLatest) => Instance is null || Instance.Any(instance => instance.LatestModelApplied is null)
        ? null
        : Instance.Count(instance => instance.LatestModelApplied == isLatest);
}
