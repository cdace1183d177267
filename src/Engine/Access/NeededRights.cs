using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Engine.Access;

/// <summary>The rights that each operation needs, with those on what its requests only name.</summary>
/// <remarks>
/// Sources: the actions of each request ("Azure resource provider operations"); networks are joined (<c>join/action</c>), image versions and images read, the bytes of disks
/// and snapshots read by who copies them (<c>beginGetAccess/action</c>: Azure/OpenShift#186, kubernetes/kubernetes#93020). Tests take each away in turn: the command fails by it.
/// </remarks>
internal static class NeededRights
{
    private const string Compute = "Microsoft.Compute/";
    private const string Network = "Microsoft.Network/";
    private const string Groups = "Microsoft.Resources/subscriptions/resourceGroups/";
    private const string Tags = "Microsoft.Resources/tags/write";
    private const string Versions = Compute + "galleries/images/versions/";
    private const string Definitions = Compute + "galleries/images/";

    /// <summary>The rights for one operation.</summary>
    /// <param name="operation">What is to be done.</param>
    /// <param name="source">What it begins with.</param>
    /// <param name="options">Its target.</param>
    /// <param name="isGroupMissing">Whether the resource group of the target is still to be made.</param>
    /// <exception cref="ImageCmdletsException">InvalidArgument: the operation cannot begin with such a thing.</exception>
    public static IEnumerable<NeededRight> For(ImagePermissionOperation operation, PermissionSource source, TestPermissionOptions options, bool isGroupMissing) => operation switch
    {
        ImagePermissionOperation.Generalize => Generalizing(RequireType(operation, source, ResourceTypes.VirtualMachine)),
        ImagePermissionOperation.Capture => Capturing(RequireType(operation, source, ResourceTypes.VirtualMachine), Group(source, options)),
        ImagePermissionOperation.Snapshot => Snapshotting(RequireType(operation, source, ResourceTypes.VirtualMachine, ResourceTypes.Disk), Group(source, options)),
        ImagePermissionOperation.Publish => Publishing(RequireSource(operation, source), RequireGallery(operation, source, options)),
        ImagePermissionOperation.Copy => Copying(RequireType(operation, source, ResourceTypes.Image, ResourceTypes.GalleryImageVersion), options),
        ImagePermissionOperation.Share => Sharing(RequireType(operation, source, ResourceTypes.Gallery)),
        ImagePermissionOperation.Grant => Granting(RequireSource(operation, source, isGalleryFit: true)),
        _ => Deploying(RequireType(operation, source, ResourceTypes.Image, ResourceTypes.GalleryImage, ResourceTypes.GalleryImageVersion), Group(source, options), options.SubnetId, isGroupMissing),
    };

    private static IEnumerable<NeededRight> Generalizing(PermissionSource vm) =>
    [
        .. vm.Reading(),
        .. vm.OfDisks("read", "look whether the disks are ready").Select(Useful),
        On(vm.Id, Compute + "virtualMachines/runCommands/read", "find what runs in the guest"),
        On(vm.Id, Compute + "virtualMachines/runCommands/write", "run sysprep or waagent in the guest"),
        Useful(On(vm.Id, Compute + "virtualMachines/runCommands/delete", "remove the scripts again")),
        On(vm.Id, Compute + "virtualMachines/deallocate/action", "stop the machine"),
        On(vm.Id, Compute + "virtualMachines/generalize/action", "mark the machine as generalized"),
        .. vm.DiskId.Take(1).Select(disk => Useful(new NeededRight(Tags, disk, "write down on the disk that it was generalized"))),
    ];

    private static IEnumerable<NeededRight> Capturing(PermissionSource vm, string group) =>
    [
        .. vm.Reading(),
        .. vm.OfDisks("read", "read the disks of the machine"),
        new(Compute + "images/read", group, "look whether the image is there"),
        new(Compute + "images/write", group, "make the image"),
    ];

    private static IEnumerable<NeededRight> Snapshotting(PermissionSource source, string group) =>
    [
        .. source.Reading(),
        .. source.Id.Is(ResourceTypes.Disk) ? [] : source.OfDisks("read", "read the disks of the machine"),
        .. source.OfDisks("beginGetAccess/action", "read the bytes of the disk", isLinked: true),
        new(Compute + "snapshots/read", group, "look whether the snapshot is there"),
        new(Compute + "snapshots/write", group, "make the snapshot"),
        Useful(new NeededRight(Tags, group, "write down that the snapshot is whole")),
    ];

    private static IEnumerable<NeededRight> Publishing(PermissionSource source, (string Gallery, string? Definition) target)
    {
        string definition = target.Definition ?? target.Gallery;
        return
        [
            .. source.Reading(),
            .. source.Id.Is(ResourceTypes.Image) ? [new NeededRight(Groups + "resources/read", source.Group, "find out when the image was made")] : Array.Empty<NeededRight>(),
            new(Compute + "galleries/read", target.Gallery, "read the gallery", IsOfTarget: true),
            new(Definitions + "read", definition, "read the image definition", IsOfTarget: true),
            new(Versions + "read", definition, "find the next number, and wait for the version", IsOfTarget: true),
            new(Versions + "write", definition, "make the version", IsOfTarget: true),
            Useful(new NeededRight(Tags, definition, "write down that the version is finished", IsOfTarget: true)),
        ];
    }

    private static IEnumerable<NeededRight> Copying(PermissionSource source, TestPermissionOptions options)
    {
        string group = Group(source, options);
        bool isOtherTenant = options.TargetSession is not null;
        if (options.GalleryName is not null)
            return [.. Publishing(source, RequireGallery(ImagePermissionOperation.Copy, source, options))];
        IEnumerable<NeededRight> ends =
        [
            .. source.Reading(),
            new(Groups + "read", group, "find the resource group", IsOfTarget: true),
            new(Compute + "images/read", group, "look whether the image is there", IsOfTarget: true),
            new(Compute + "images/write", group, "make the image", IsOfTarget: true),
        ];
        return isOtherTenant ? [.. ends, .. ByPages(source, group)]
            : source.DiskId.Count > 0 ? [.. ends, .. BySnapshots(source, group)]
            : [.. ends, .. ByGallery(source.Group, group)];
    }

    private static IEnumerable<NeededRight> BySnapshots(PermissionSource source, string group) =>
    [
        .. source.OfDisks("read", "find the disks that the image was made of"),
        .. source.OfDisks("beginGetAccess/action", "read the bytes of the disk", isLinked: true),
        .. Temporary("snapshots", source.Group, "temporary snapshot", isOfTarget: false),
        new(Compute + "snapshots/beginGetAccess/action", source.Group, "read the bytes of the temporary snapshot", IsLinked: true),
        .. Temporary("snapshots", group, "temporary snapshot in the region", isOfTarget: true),
    ];

    private static IEnumerable<NeededRight> ByGallery(string sourceGroup, string group) =>
    [
        .. Temporary("galleries", sourceGroup, "temporary gallery", isOfTarget: false),
        .. Temporary("galleries/images", sourceGroup, "definition in the temporary gallery", isOfTarget: false),
        .. Temporary("galleries/images/versions", sourceGroup, "version in the temporary gallery", isOfTarget: false),
        new(Tags, sourceGroup, "write down whose the temporary gallery is"),
        .. Temporary("disks", group, "temporary disk of the version", isOfTarget: true),
    ];

    private static IEnumerable<NeededRight> ByPages(PermissionSource source, string group) =>
    [
        .. source.OfDisks("read", "find the disks that the image was made of"),
        .. source.OfDisks("beginGetAccess/action", "read the bytes of the disk", isLinked: true),
        .. Temporary("snapshots", source.Group, "temporary snapshot", isOfTarget: false),
        new(Compute + "snapshots/beginGetAccess/action", source.Group, "open the temporary snapshot for reading"),
        new(Compute + "snapshots/endGetAccess/action", source.Group, "close the temporary snapshot"),
        .. Temporary("disks", group, "disk that is uploaded", isOfTarget: true),
        new(Compute + "disks/beginGetAccess/action", group, "open the disk for writing", IsOfTarget: true),
        new(Compute + "disks/endGetAccess/action", group, "end the upload", IsOfTarget: true),
    ];

    private static IEnumerable<NeededRight> Sharing(PermissionSource gallery) =>
    [
        .. gallery.Reading(),
        On(gallery.Id, Compute + "galleries/share/action", "share the gallery: Contributor has not this right, 'Compute Gallery Sharing Admin' has"),
    ];

    private static IEnumerable<NeededRight> Granting(PermissionSource source) =>
    [
        On(source.Id, "Microsoft.Authorization/roleDefinitions/read", "find the role"),
        On(source.Id, "Microsoft.Authorization/roleAssignments/read", "look whether it is assigned"),
        On(source.Id, "Microsoft.Authorization/roleAssignments/write", "assign the role: 'User Access Administrator' and Owner have this right"),
    ];

    private static IEnumerable<NeededRight> Deploying(PermissionSource source, string group, string? subnetId, bool isGroupMissing) =>
        [.. source.Reading(isOfTarget: true), .. isGroupMissing ? [OfGroup(group)] : Array.Empty<NeededRight>(), .. OfMachines(group, subnetId, hasPublicAddress: true)];

    /// <summary>The rights to give the machines of a group extensions.</summary>
    public static IEnumerable<NeededRight> OfExtensions(string group) =>
    [
        new(Compute + "virtualMachines/extensions/read", group, "look how far the extensions are", IsOfTarget: true),
        new(Compute + "virtualMachines/extensions/write", group, "install the extensions", IsOfTarget: true),
    ];

    /// <summary>The right to make a resource group.</summary>
    public static NeededRight OfGroup(string group) => new(Groups + "write", group, "make the resource group", IsOfTarget: true);

    /// <summary>The rights to make machines, without those to their image.</summary>
    /// <param name="group">The id of the resource group, which may be missing.</param>
    /// <param name="subnetId">The subnet; null: a network is made.</param>
    /// <param name="hasPublicAddress">Whether they get addresses.</param>
    public static IEnumerable<NeededRight> OfMachines(string group, string? subnetId, bool hasPublicAddress)
    {
        NeededRight Here(string action, string purpose, bool isLinked = false) => new(action, group, purpose, isLinked, IsOfTarget: true);
        IEnumerable<NeededRight> address = !hasPublicAddress ? [] :
        [
            Here(Network + "publicIPAddresses/read", "find the public address"),
            Here(Network + "publicIPAddresses/write", "make the public address"),
            Here(Network + "publicIPAddresses/join/action", "use the public address", true),
        ];
        return
        [
            .. OfPlace(group, subnetId),
            Here(Network + "networkSecurityGroups/read", "find the security group"),
            Here(Network + "networkSecurityGroups/write", "make the security group"),
            Here(Network + "networkSecurityGroups/join/action", "use the security group", true),
            .. address,
            Here(Network + "networkInterfaces/read", "find the network interface"),
            Here(Network + "networkInterfaces/write", "make the network interface"),
            Here(Network + "networkInterfaces/join/action", "attach the network interface", true),
            Here(Compute + "virtualMachines/read", "look whether the machine is there"),
            Here(Compute + "virtualMachines/write", "make the machine"),
        ];
    }

    /// <summary>The rights to make a scale set, without those to its image.</summary>
    /// <param name="group">The id of the resource group, which may be missing.</param>
    /// <param name="subnetId">The subnet; null: a network is made.</param>
    /// <param name="isFlexible">Whether its machines are ordinary ones, which are read one by one.</param>
    public static IEnumerable<NeededRight> OfScaleSet(string group, string? subnetId, bool isFlexible)
    {
        NeededRight Here(string action, string purpose) => new(action, group, purpose, IsOfTarget: true);
        return
        [
            .. OfPlace(group, subnetId),
            Here(Compute + "virtualMachineScaleSets/read", "look whether the scale set is there"),
            Here(Compute + "virtualMachineScaleSets/write", "make the scale set"),
            Here(Compute + "virtualMachineScaleSets/virtualMachines/read", "list the instances"),
            .. isFlexible ? [Here(Compute + "virtualMachines/read", "read the instances")] : Array.Empty<NeededRight>(),
        ];
    }

    /// <summary>The rights to tie machines to what is there.</summary>
    public static IEnumerable<NeededRight> OfTies(IEnumerable<string> poolIds, IEnumerable<string> identityIds) =>
    [
        .. poolIds.Select(pool => new NeededRight(ResourceTypes.LoadBalancerPool + "/join/action", pool, "put machines into the backend pool", IsLinked: true, IsOfTarget: true)),
        .. identityIds.Select(identity => new NeededRight(ResourceTypes.UserAssignedIdentity + "/assign/action", identity, "give machines the identity", IsLinked: true, IsOfTarget: true)),
    ];

    // Group, size and network: where machines of all kinds are made.
    private static IEnumerable<NeededRight> OfPlace(string group, string? subnetId)
    {
        NeededRight Here(string action, string purpose, bool isLinked = false) => new(action, group, purpose, isLinked, IsOfTarget: true);
        IEnumerable<NeededRight> network = subnetId is not null
            ? [new(Network + "virtualNetworks/subnets/join/action", subnetId, "join the subnet", IsLinked: true, IsOfTarget: true), new(Network + "virtualNetworks/subnets/read", subnetId, "read the subnet", IsOfTarget: true)]
            : [Here(Network + "virtualNetworks/read", "find a network"), Here(Network + "virtualNetworks/write", "make a network"), Here(Network + "virtualNetworks/subnets/join/action", "join the subnet", true)];
        return
        [
            Here(Groups + "read", "find the resource group"),
            new(Compute + "skus/read", "/subscriptions/" + ResourceId.TryParse(group)!.SubscriptionId, "look whether the size is offered in the region", IsOfTarget: true),
            .. network,
        ];
    }

    private static IEnumerable<NeededRight> Temporary(string type, string group, string what, bool isOfTarget) =>
        new[] { ("read", "find the"), ("write", "make a"), ("delete", "remove the") }.Select(right => new NeededRight($"{Compute}{type}/{right.Item1}", group, $"{right.Item2} {what}", IsOfTarget: isOfTarget)
            {
                IsRequired = right.Item1 != "delete",
            });

    // Without it the operation ends well all the same.
    private static NeededRight Useful(NeededRight right) => right with { IsRequired = false };

    private static NeededRight On(ResourceId id, string action, string purpose) => new(action, id.Text, purpose);

    /// <summary>The id of the resource group that the target is in.</summary>
    public static string Group(PermissionSource source, TestPermissionOptions options) =>
        ResourceId.OfGroup(options.TargetSubscriptionId ?? source.Id.SubscriptionId, options.TargetResourceGroupName ?? source.Id.ResourceGroupName!).Text;

    private static (string Gallery, string? Definition) RequireGallery(ImagePermissionOperation operation, PermissionSource source, TestPermissionOptions options)
    {
        string name = options.GalleryName ?? throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"{operation} needs a gallery, and none is named.", source.Id.Text, "Pass -GalleryName, and -DefinitionName where it is known.");
        ResourceId group = ResourceId.TryParse(Group(source, options))!;
        ResourceId gallery = GalleryIds.Gallery(group.SubscriptionId, group.ResourceGroupName!, name);
        return (gallery.Text, options.DefinitionName is { } definition ? GalleryIds.Definition(gallery, definition).Text : null);
    }

    private static PermissionSource RequireSource(ImagePermissionOperation operation, PermissionSource source, bool isGalleryFit = false) =>
        source.Id.Is(ResourceTypes.Gallery) && !isGalleryFit ? throw Unfit(operation, source, "a machine, disk, snapshot, image or version") : source;

    private static PermissionSource RequireType(ImagePermissionOperation operation, PermissionSource source, params string[] types) =>
        types.Any(source.Id.Is) ? source : throw Unfit(operation, source, string.Join(" or ", types));

    private static ImageCmdletsException Unfit(ImagePermissionOperation operation, PermissionSource source, string wanted) =>
        new(ErrorIds.InvalidArgument, $"{operation} does not begin with '{source.Id.Name}', which is of type {source.Id.ResourceType}.", source.Id.Text, $"Pass the id of {wanted}.");
}
