using System.Text;
using Azure.Core;
using Azure.ResourceManager.Compute;
using Azure.ResourceManager.Compute.Models;
using Azure.ResourceManager.Models;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Engine.Vms;

/// <summary>What Azure is sent to make a machine.</summary>
/// <remarks>Source: <c>VirtualMachines_CreateOrUpdate</c>; the values are those of <c>az vm create</c>, but for the delete options: what
/// was made with a machine goes with it, whatever removes it.</remarks>
internal static class VMDefinition
{
    /// <summary>The tags of a machine: the user's, and who made it of what.</summary>
    public static Dictionary<string, string> Tags(VMPlan plan, string step, string source) => Tags(plan.Options.Tag, step, source);

    /// <summary>The tags of a part of several machines.</summary>
    public static Dictionary<string, string> Tags(IReadOnlyDictionary<string, string>? own, string step, string source, string operationName = VMCreation.OperationName)
    {
        Dictionary<string, string> tags = OperationTags.For(operationName, step, source);
        foreach (KeyValuePair<string, string> tag in own ?? new Dictionary<string, string>())
        {
            if (!tags.ContainsKey(tag.Key))
                tags[tag.Key] = tag.Value;
        }

        return tags;
    }

    public static VirtualMachineData Build(VMPlan plan)
    {
        VMPlatform platform = plan.Platform;
        var data = new VirtualMachineData(new AzureLocation(platform.Location))
        {
            HardwareProfile = new VirtualMachineHardwareProfile { VmSize = platform.Size.Name },
            StorageProfile = Storage(plan),
            NetworkProfile = new VirtualMachineNetworkProfile(),
            OSProfile = platform.Image.IsSpecialized ? null : Account(plan),
            SecurityProfile = Security(plan.Options),
            Plan = (plan.Options.Plan ?? platform.Image.Plan) is { } purchase
                ? new ComputePlan { Name = purchase.Name, Publisher = purchase.Publisher, Product = purchase.Product }
                : null,
        };
        data.NetworkProfile.NetworkInterfaces.Add(new VirtualMachineNetworkInterfaceReference
        {
            Id = new ResourceIdentifier(plan.Names.NetworkInterfaceId),
            Primary = true,
            DeleteOption = ComputeDeleteOption.Delete,
        });
        if (plan.HasBootDiagnostics)
            data.BootDiagnostics = new BootDiagnostics { Enabled = true };
        if (plan.Options.Zone is { } zone)
            data.Zones.Add(zone);
        if (platform.ProximityPlacementGroupId is { } proximity)
            data.ProximityPlacementGroupId = new ResourceIdentifier(proximity);
        SetIdentity(data, plan.Options.Identity);
        SetPriority(data, plan.Options);
        foreach (KeyValuePair<string, string> tag in Tags(plan, "VirtualMachine", platform.Image.Reference))
            data.Tags[tag.Key] = tag.Value;
        return data;
    }

    private static void SetIdentity(VirtualMachineData data, IReadOnlyList<string> identities)
    {
        string[] assigned = [.. identities.Where(identity => !VMTies.IsSystem(identity)).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (identities.Count == 0)
            return;

        bool hasOwn = identities.Any(VMTies.IsSystem);
        data.Identity = new ManagedServiceIdentity(assigned.Length == 0 ? ManagedServiceIdentityType.SystemAssigned
            : hasOwn ? ManagedServiceIdentityType.SystemAssignedUserAssigned : ManagedServiceIdentityType.UserAssigned);
        foreach (string identity in assigned)
            data.Identity.UserAssignedIdentities[new ResourceIdentifier(identity)] = new UserAssignedIdentity();
    }

    private static void SetPriority(VirtualMachineData data, NewVMOptions options)
    {
        if (!options.Spot)
            return;

        data.Priority = VirtualMachinePriorityType.Spot;
        data.EvictionPolicy = options.EvictionPolicy is { } policy ? new VirtualMachineEvictionPolicyType(policy) : VirtualMachineEvictionPolicyType.Deallocate;
        if (options.MaxPrice is { } price)
            data.BillingMaxPrice = price;
    }

    /// <summary>The data disks of a machine by their LUN: sizes in GiB of the empty ones, null for those that come with the image.</summary>
    public static SortedDictionary<int, int?> DataDisks(MachineSource image, IReadOnlyList<int> sizesGB)
    {
        var disks = new SortedDictionary<int, int?>();
        foreach (int lun in image.DataDiskLun)
            disks[lun] = null;
        foreach ((int lun, int size) in Enumerable.Range(0, int.MaxValue).Where(lun => !image.DataDiskLun.Contains(lun)).Zip(sizesGB, (lun, size) => (lun, size)))
            disks[lun] = size;
        return disks;
    }

    /// <summary>What cloud-init, or a script in the image, finds, as Azure wants it.</summary>
    public static string? CustomData(NewVMOptions options) => options.CustomData is { } custom ? Convert.ToBase64String(Encoding.UTF8.GetBytes(custom)) : null;

    private static ImageReference ReferenceTo(MachineSource image)
    {
        if (image.Urn is { } urn)
            return new ImageReference { Publisher = urn.Publisher, Offer = urn.Offer, Sku = urn.Sku, Version = urn.Version };
        return SharedImageId.TryParse(image.Reference) is not { } shared ? new ImageReference { Id = new ResourceIdentifier(image.Reference) }
            : shared.IsCommunity ? new ImageReference { CommunityGalleryImageId = shared.Text }
            : new ImageReference { SharedGalleryImageUniqueId = shared.Text };
    }

    private static VirtualMachineStorageProfile Storage(VMPlan plan)
    {
        MachineSource image = plan.Platform.Image;
        var profile = new VirtualMachineStorageProfile
        {
            ImageReference = ReferenceTo(image),
            OSDisk = new VirtualMachineOSDisk(DiskCreateOptionType.FromImage)
            {
                Caching = CachingType.ReadWrite,
                ManagedDisk = Managed(plan.Options),
                DeleteOption = DiskDeleteOptionType.Delete,
            },
        };
        foreach (KeyValuePair<int, int?> disk in DataDisks(image, plan.Options.DataDiskSizeGB))
        {
            profile.DataDisks.Add(new VirtualMachineDataDisk(disk.Key, disk.Value is null ? DiskCreateOptionType.FromImage : DiskCreateOptionType.Empty)
            {
                DiskSizeGB = disk.Value,
                ManagedDisk = Managed(plan.Options),
                DeleteOption = DiskDeleteOptionType.Delete,
            });
        }

        return profile;
    }

    // Without a type Azure chooses by the size, as for az.
    private static VirtualMachineManagedDisk? Managed(NewVMOptions options) =>
        options.StorageAccountType is { } type ? new VirtualMachineManagedDisk { StorageAccountType = new StorageAccountType(type) } : null;

    private static VirtualMachineOSProfile Account(VMPlan plan)
    {
        NewVMOptions options = plan.Options;
        bool isWindows = plan.Platform.Image.IsWindows;
        var profile = new VirtualMachineOSProfile
        {
            ComputerName = options.ComputerName ?? ComputerName.Of(options.Name, isWindows),
            AdminUsername = options.AdminUserName ?? AdminAccount.DefaultUserName,
            CustomData = CustomData(options),
        };
        bool onlyKeys = options.AdminPassword is null && options.SshPublicKey.Count > 0;
        if (!onlyKeys)
            profile.AdminPassword = options.AdminPassword is null ? GeneratedPassword.Create() : SecretText.Reveal(options.AdminPassword);
        if (isWindows)
            return profile;

        profile.LinuxConfiguration = new LinuxConfiguration { IsPasswordAuthenticationDisabled = onlyKeys };
        foreach (string key in options.SshPublicKey)
        {
            profile.LinuxConfiguration.SshPublicKeys.Add(new SshPublicKeyConfiguration
            {
                Path = $"/home/{profile.AdminUsername}/.ssh/authorized_keys",
                KeyData = key.Trim(),
            });
        }

        return profile;
    }

    private static SecurityProfile? Security(NewVMOptions options) =>
        string.Equals(options.SecurityType, "TrustedLaunch", StringComparison.OrdinalIgnoreCase)
            ? new SecurityProfile
            {
                SecurityType = SecurityType.TrustedLaunch,
                UefiSettings = new UefiSettings { IsSecureBootEnabled = true, IsVirtualTpmEnabled = true },
            }
            : null;
}
