using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Marketplace;
using ImageCmdlets.Engine.Naming;
using ImageCmdlets.Engine.Networks;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Engine.Vms;

/// <summary>Finds a <see cref="VMPlatform"/>, and everything that stands against it at once.</summary>
internal static class VMPlatformResolver
{
    /// <summary>The sizes of <c>az vm create</c>, of today.</summary>
    private const string DefaultSize = "Standard_D2s_v5";

    private const string DefaultArm64Size = "Standard_D2ps_v5";

    /// <param name="operation">The running command.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="goOn">What looks further where region, image and size are known, whatever else is wrong, so that all problems are told at once.</param>
    /// <exception cref="ImageCmdletsException">The first of all problems; the message names the others.</exception>
    public static async Task<VMPlatform> ResolveAsync(Operation operation, NewVMOptions options, Func<VMPlatform, Problems, Task>? goOn = null)
    {
        var problems = new Problems();
        string subscription = options.SubscriptionId ?? operation.Session.SubscriptionId;
        string groupName = options.ResourceGroupName;
        problems.Add(ResourceNames.GroupProblem(groupName));
        VMTies.Check(options, problems);
        VMExtensions.Check(options.Extension, problems);
        ImageReferenceParts? parts = await problems.TryAsync(() => Task.FromResult(new ImageReferenceParts(
            ImageSourceResolver.IdOf(options.Image, subscription, groupName), ImageUrn.TryParse(options.Image), SharedImageId.TryParse(options.Image)))).ConfigureAwait(false);
        problems.ThrowIfAny();

        ArmAnswer? group = await operation.Arm.FindAsync(ResourceId.OfGroup(subscription, groupName).Text, ArmApiVersions.Resources, operation.CancellationToken).ConfigureAwait(false);
        if (group is null && options.Location is null)
        {
            throw new ImageCmdletsException(ErrorIds.ResourceGroupNotFound, $"Resource group '{groupName}' could not be found.", groupName,
                "Check -ResourceGroupName, or pass -Location to have the group made.");
        }

        bool isManaged = parts!.Id?.Is(ResourceTypes.Image) == true;
        MachineSource? image = isManaged
            ? await problems.TryAsync(() => OtherTenant.AskAsync(operation, parts.Id!.SubscriptionId, there => ImageSourceResolver.ResolveImageAsync(there, parts.Id!))).ConfigureAwait(false)
            : null;
        string wanted = options.Location ?? image?.Location ?? group!.Body.Text("location")!;
        string? location = await problems.TryAsync(() => LocationCatalog.ResolveAsync(operation, subscription, wanted)).ConfigureAwait(false);
        if (location is not null && !isManaged)
            image = await problems.TryAsync(() => SourceAsync(operation, subscription, parts, location)).ConfigureAwait(false);

        VMSize? size = location is null ? null : await SizeAsync(operation, options, subscription, location, image, problems).ConfigureAwait(false);
        if (image is not null && location is not null)
            VMCompatibility.Check(options, image, size, location, problems);

        await CheckTermsAsync(operation, subscription, options.Plan ?? image?.Plan, problems).ConfigureAwait(false);
        SubnetChoice? subnet = location is null || (group is null && options.Subnet is null)
            ? null
            : await problems.TryAsync(() => SubnetFinder.FindAsync(operation, subscription, groupName, location, options.Subnet)).ConfigureAwait(false);
        await problems.TryAsync(() => VMTies.RequireIdentitiesAsync(operation, options)).ConfigureAwait(false);
        IReadOnlyList<string>? pools = location is null ? null : await problems.TryAsync(() => VMTies.PoolsAsync(operation, options, location)).ConfigureAwait(false);
        string? proximity = location is null || options.ProximityPlacementGroup is null
            ? null
            : await problems.TryAsync(async () => (await VMTies.ProximityAsync(operation, options, subscription, location).ConfigureAwait(false))!).ConfigureAwait(false);
        VMPlatform? platform = location is null || image is null || size is null ? null : new VMPlatform
        {
            SubscriptionId = subscription,
            ResourceGroupName = groupName,
            IsGroupMissing = group is null,
            Location = location,
            Image = image,
            Size = size,
            SubnetId = subnet?.Id,
            LoadBalancerPoolId = pools ?? [],
            ProximityPlacementGroupId = proximity,
        };
        if (platform is not null && goOn is not null)
            await goOn(platform, problems).ConfigureAwait(false);
        problems.ThrowIfAny();
        return platform!;
    }

    /// <summary>What <c>-Image</c> means in a region, for machines of a group there.</summary>
    /// <exception cref="ImageCmdletsException">It is not there, not in the region, or of no form that is known.</exception>
    public static async Task<MachineSource> FindImageAsync(Operation operation, string subscription, string groupName, string image, string location)
    {
        var parts = new ImageReferenceParts(ImageSourceResolver.IdOf(image, subscription, groupName), ImageUrn.TryParse(image), SharedImageId.TryParse(image));
        return parts.Id?.Is(ResourceTypes.Image) == true
            ? await OtherTenant.AskAsync(operation, parts.Id.SubscriptionId, there => ImageSourceResolver.ResolveImageAsync(there, parts.Id)).ConfigureAwait(false)
            : await SourceAsync(operation, subscription, parts, location).ConfigureAwait(false);
    }

    private static Task<MachineSource> SourceAsync(Operation operation, string subscription, ImageReferenceParts parts, string location) =>
        parts.Shared is { } shared ? SharedImageSource.ResolveAsync(operation, subscription, shared, location)
            : parts.Id is { } id
            ? OtherTenant.AskAsync(operation, id.SubscriptionId, there => GalleryImageSource.ResolveAsync(there, id, location))
            : ImageSourceResolver.ResolveUrnAsync(operation, subscription, parts.Urn!, location);

    private static async Task<VMSize?> SizeAsync(Operation operation, NewVMOptions options, string subscription, string location, MachineSource? image, Problems problems)
    {
        string wanted = options.Size ?? (image?.Architecture == "Arm64" ? DefaultArm64Size : DefaultSize);
        return await problems.TryAsync(() => VMSizeCatalog.ResolveAsync(operation, subscription, location, wanted)).ConfigureAwait(false);
    }

    private static async Task CheckTermsAsync(Operation operation, string subscription, PurchasePlan? plan, Problems problems)
    {
        if (plan is not null && await MarketplaceTerms.AreAcceptedAsync(operation, subscription, plan).ConfigureAwait(false) == false)
            problems.Add(MarketplaceTerms.NotAccepted(plan));
    }
}
