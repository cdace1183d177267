using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Fleets;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.ScaleSets;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Rollouts;

/// <summary>Checks everything that stands against giving a scale set another image, before anything is changed.</summary>
internal static class UpdatePlanner
{
    private const string Standard = "Standard";

    /// <exception cref="ImageCmdletsException">The first of all problems; the message names the others.</exception>
    public static async Task<UpdatePlan> PlanAsync(Operation operation, UpdateScaleSetOptions options)
    {
        ResourceId id = ScaleSetReader.Resources.RequireId(options.Id);
        JsonElement set = (await operation.Arm.GetAsync(id.Text, ArmApiVersions.Compute, operation.CancellationToken).ConfigureAwait(false)).Body;
        ImageScaleSet before = ScaleSetMapper.Map(set);
        JsonElement profile = set.Find("properties", "virtualMachineProfile") ?? default;
        if (before.Image is null)
            throw new ImageCmdletsException(ErrorIds.OperationNotSupported, $"The scale set '{id.Name}' has no model of an image: its machines were made one by one.", id.Text, "Make new machines of the image with New-ImageVM.");

        var problems = new Problems();
        CheckMode(options, before, problems);
        string location = LocationCatalog.Normalize(before.Location!);
        MachineSource? image = await problems.TryAsync(() => VMPlatformResolver.FindImageAsync(operation, id.SubscriptionId, id.ResourceGroupName!, options.Image, location)).ConfigureAwait(false);
        if (image is not null)
            await CheckImageAsync(operation, options, before, profile, image, location, problems).ConfigureAwait(false);
        IReadOnlyList<ImageScaleSetInstance> machines = await ScaleSetReader.InstancesAsync(operation, set).ConfigureAwait(false);
        foreach (string missing in (options.InstanceId ?? []).Where(wanted => machines.All(machine => !Is(machine.InstanceId, wanted))))
            problems.Add(ErrorIds.ResourceNotFound, $"The scale set '{id.Name}' has no machine '{missing}'.", missing, "Get-ImageScaleSet -IncludeInstance shows them.");
        problems.ThrowIfAny();

        string reference = image!.Urn?.Urn ?? image.Reference;
        string?[] models = [reference, before.Image, RolloutCapacity.From(set)];
        bool isFlexible = before.OrchestrationMode == ScaleSetDefinition.Flexible;
        var rollout = new SetRollout(set, reference, WithPolicy(options.Pace, set),
            machine => options.InstanceId?.Any(wanted => Is(machine.InstanceId, wanted)) ?? (!isFlexible || OwnMachine.IsOf(machine, models)))
        {
            Model = ScaleSetPlanner.Model(options.Image, image),
            Advice = Advice(options, before, reference, machines),
        };
        return new UpdatePlan(options, rollout, machines);
    }

    private static void CheckMode(UpdateScaleSetOptions options, ImageScaleSet set, Problems problems)
    {
        bool isFlexible = set.OrchestrationMode == ScaleSetDefinition.Flexible;
        if (options.ReplaceMachine && !isFlexible)
            problems.Add(ErrorIds.InvalidArgument, $"The scale set '{set.Name}' is uniform: its machines are given the image in place.", nameof(options.ReplaceMachine), "Leave -ReplaceMachine out.");
        if (isFlexible || set.UpgradeMode == "Manual")
            return;

        if (options.ModelOnly || options.InstanceId is not null)
        {
            problems.Add(ErrorIds.InvalidArgument, $"The upgrade mode of '{set.Name}' is {set.UpgradeMode}: Azure brings all its machines to a new model at once.", set.Id,
                "Leave -ModelOnly and -InstanceId out, or give the scale set the upgrade mode Manual first.");
        }

        if (set.UpgradeMode == "Automatic" && (options.Pace.MaxBatchPercent ?? options.Pace.MaxUnhealthyPercent) is not null)
        {
            problems.Add(ErrorIds.InvalidArgument, $"The upgrade mode of '{set.Name}' is Automatic: Azure knows no batches then.", set.Id,
                "Leave -MaxBatchPercent and -MaxUnhealthyPercent out, or give the scale set the upgrade mode Manual or Rolling first.");
        }
    }

    private static async Task CheckImageAsync(Operation operation, UpdateScaleSetOptions options, ImageScaleSet set, JsonElement profile, MachineSource image, string location, Problems problems)
    {
        CheckKind(set, image, problems);
        string? osType = set.OSType;
        if (osType is not null && !Is(osType, image.OSType))
            problems.Add(ErrorIds.OSTypeMismatch, $"The scale set '{set.Name}' is of {osType}, the image '{image.Reference}' of {image.OSType}.", image.Reference, "Pass an image of the same operating system with -Image.");
        if (profile.Find("osProfile") is not null == image.IsSpecialized)
        {
            problems.Add(ErrorIds.OSStateMismatch, $"The machines of '{set.Name}' are made of {(image.IsSpecialized ? "generalized" : "specialized")} images, and '{image.Reference}' is {(image.IsSpecialized ? "specialized" : "generalized")}.", image.Reference,
                "Pass an image of the same kind with -Image, or make a new scale set.");
        }

        VMSize? size = await problems.TryAsync(() => VMSizeCatalog.ResolveAsync(operation, SubscriptionOf(set), location, set.Size!)).ConfigureAwait(false);
        var machine = new NewVMOptions
        {
            ResourceGroupName = set.ResourceGroupName!,
            Name = set.Name,
            Image = options.Image,
            SecurityType = profile.Text("securityProfile", "securityType") ?? Standard,
            Plan = set.Plan,
        };
        VMCompatibility.Check(machine, image, size, location, problems);
        if (size is null || !options.ReplaceMachine)
            return;

        var platform = new VMPlatform { SubscriptionId = SubscriptionOf(set), ResourceGroupName = set.ResourceGroupName!, IsGroupMissing = false, Location = location, Image = image, Size = size };
        int more = RolloutBatch.Size(set.Capacity ?? 0, options.Pace.MaxBatchPercent ?? SetRollout.UsualPercent);
        await FleetQuota.CheckAsync(operation, platform, Is(profile.Text("priority"), "Spot"), more, problems, "pass a smaller -MaxBatchPercent").ConfigureAwait(false);
    }

    // Azure changes neither the kind of a model's image, nor publisher and offer.
    private static void CheckKind(ImageScaleSet set, MachineSource image, Problems problems)
    {
        ImageUrn? now = ImageUrn.TryParse(set.Image!);
        if (now is null != image.Urn is null)
            problems.Add(ErrorIds.PropertyNotChangeable, $"The model of '{set.Name}' names {(now is null ? "an image of your own" : "a marketplace image")}, and Azure does not let it name the other kind.", set.Id, "Make a new scale set of the image with New-ImageScaleSet.");
        else if (now is not null && !(Is(now.Publisher, image.Urn!.Publisher) && Is(now.Offer, image.Urn.Offer)))
            problems.Add(ErrorIds.PropertyNotChangeable, $"The model of '{set.Name}' names {now.Publisher}:{now.Offer}, and Azure does not let it name {image.Urn.Publisher}:{image.Urn.Offer}.", set.Id, "Pass an image of the same publisher and offer, or make a new scale set.");
    }

    // What the user does not say, the set's own rolling policy does.
    private static RolloutPace WithPolicy(RolloutPace pace, JsonElement set)
    {
        if (ScaleSetUpgradePolicy.Read(set) is not { } policy)
            return pace;

        return pace with
        {
            MaxBatchPercent = pace.MaxBatchPercent ?? policy.MaxBatchPercent,
            MaxUnhealthyPercent = pace.MaxUnhealthyPercent ?? policy.MaxUnhealthyPercent,
            MaxUnhealthyUpgradedPercent = pace.MaxUnhealthyUpgradedPercent ?? policy.MaxUnhealthyUpgradedPercent,
            Pause = pace.Pause ?? policy.PauseBetweenBatches,
        };
    }

    // The way back that works: a version is taken back to one before it; all else is rolled out again.
    private static string Advice(UpdateScaleSetOptions options, ImageScaleSet before, string image, IReadOnlyList<ImageScaleSetInstance> machines)
    {
        const string goOn = "Find out what is wrong with the machines named in the message, and run the same command again to go on";
        string? back = Is(before.Image, image) || Is(before.Image, options.Image) ? machines.Select(machine => machine.Image).FirstOrDefault(other => other is not null && !Is(other, image)) : before.Image;
        string replace = options.ReplaceMachine ? " -ReplaceMachine" : string.Empty;
        if (back is null)
            return goOn + ".";
        return IsBefore(back, image)
            ? $"{goOn}; or go back: Undo-ImageRollout -ResourceId '{image}'{replace}"
            : $"{goOn}; or go back: Update-ImageScaleSet -ResourceId '{before.Id}' -Image '{back}' -MaxUnhealthyPercent 100{replace}";
    }

    private static bool IsBefore(string back, string image) => ResourceId.TryParse(back) is { } one && ResourceId.TryParse(image) is { } other
        && one.Is(ResourceTypes.GalleryImageVersion) && other.Is(ResourceTypes.GalleryImageVersion) && GalleryIds.ParentOf(one).Equals(GalleryIds.ParentOf(other))
        && VersionNumber.TryParse(one.Name) < VersionNumber.TryParse(other.Name);

    private static string SubscriptionOf(ImageScaleSet set) => ResourceId.TryParse(set.Id)!.SubscriptionId;

    private static bool Is(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
