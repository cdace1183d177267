using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Sessions;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.ScaleSets;

/// <summary>What Azure is sent to make a scale set.</summary>
/// <remarks>Source: <c>VirtualMachineScaleSets_CreateOrUpdate</c>; the form is that of az's template in the recording test_vm_custom_image.</remarks>
internal static class ScaleSetDefinition
{
    public const string Flexible = "Flexible";

    // Azure's limit for the machines of one placement group.
    private const int OnePlacementGroup = 100;

    // A flexible set wants the version of the network's resources named that its machines get; az names this one.
    private const string NetworkVersion = "2020-11-01";

    // On Windows 15 characters are allowed, of which Azure takes six for the number.
    private const int LongestPrefix = 9;

    /// <summary>What the computer names of its machines begin with: letters and digits of the set's name.</summary>
    public static string Prefix(string name)
    {
        string text = string.Concat(name.Where(c => c < 128 && char.IsLetterOrDigit(c)).Take(LongestPrefix));
        return text.Length > 0 && !text.All(char.IsDigit) ? text : "vm" + text.Substring(0, Math.Min(text.Length, LongestPrefix - 2));
    }

    public static JsonObject Build(ScaleSetPlan plan)
    {
        NewVMOptions machine = plan.Options.Machine;
        var properties = new JsonObject
        {
            ["orchestrationMode"] = plan.IsFlexible ? Flexible : "Uniform",
            ["upgradePolicy"] = ScaleSetUpgradePolicy.Build(plan.Options),
            ["virtualMachineProfile"] = Profile(plan),
        };
        if (plan.Platform.ProximityPlacementGroupId is { } proximity)
            properties["proximityPlacementGroup"] = new JsonObject { ["id"] = proximity };
        if (plan.IsFlexible)
            properties["platformFaultDomainCount"] = 1;
        else if (plan.Options.Capacity > OnePlacementGroup)
            properties["singlePlacementGroup"] = false;

        JsonObject body = ArmBody.Of(plan.Platform.Location, VMDefinition.Tags(machine.Tag, ScaleSetCreation.SetStep, plan.Model, ScaleSetCreation.OperationName), properties);
        body["sku"] = new JsonObject { ["name"] = plan.Platform.Size.Name, ["tier"] = "Standard", ["capacity"] = plan.Options.Capacity };
        if (plan.Options.Zone.Count > 0)
            body["zones"] = new JsonArray([.. plan.Options.Zone.Select(zone => (JsonNode)zone)]);
        if (machine.Identity.Count > 0)
            body["identity"] = Identity(machine.Identity);
        if ((machine.Plan ?? plan.Platform.Image.Plan) is { } purchase)
            body["plan"] = new JsonObject { ["name"] = purchase.Name, ["publisher"] = purchase.Publisher, ["product"] = purchase.Product };
        return body;
    }

    private static JsonObject Identity(IReadOnlyList<string> identities)
    {
        string[] assigned = [.. identities.Where(identity => !VMTies.IsSystem(identity)).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (assigned.Length == 0)
            return new JsonObject { ["type"] = "SystemAssigned" };

        var ids = new JsonObject();
        foreach (string identity in assigned)
            ids[identity] = new JsonObject();
        return new JsonObject { ["type"] = identities.Any(VMTies.IsSystem) ? "SystemAssigned, UserAssigned" : "UserAssigned", ["userAssignedIdentities"] = ids };
    }

    private static JsonObject Profile(ScaleSetPlan plan)
    {
        var profile = new JsonObject { ["storageProfile"] = Storage(plan), ["networkProfile"] = Network(plan) };
        if (!plan.Platform.Image.IsSpecialized)
            profile["osProfile"] = Account(plan);
        if (string.Equals(plan.Options.Machine.SecurityType, "TrustedLaunch", StringComparison.OrdinalIgnoreCase))
        {
            profile["securityProfile"] = new JsonObject
            {
                ["securityType"] = "TrustedLaunch",
                ["uefiSettings"] = new JsonObject { ["secureBootEnabled"] = true, ["vTpmEnabled"] = true },
            };
        }

        SetPriority(profile, plan.Options.Machine);
        if (ScaleSetExtensions.Profile(plan.Options, plan.Platform.Image.IsWindows) is { } extensions)
            profile["extensionProfile"] = extensions;
        return profile;
    }

    private static void SetPriority(JsonObject profile, NewVMOptions machine)
    {
        if (!machine.Spot)
            return;

        profile["priority"] = "Spot";
        profile["evictionPolicy"] = machine.EvictionPolicy ?? "Deallocate";
        if (machine.MaxPrice is { } price)
            profile["billingProfile"] = new JsonObject { ["maxPrice"] = price };
    }

    // The disks that come with the image are named, as az does: else their kind could not be chosen, and those of a flexible set would stay when a machine goes.
    private static JsonObject Storage(ScaleSetPlan plan)
    {
        var storage = new JsonObject { ["imageReference"] = Reference(plan.Model), ["osDisk"] = Disk(plan, new JsonObject { ["createOption"] = "FromImage", ["caching"] = "ReadWrite" }) };
        var data = new JsonArray();
        foreach (KeyValuePair<int, int?> disk in VMDefinition.DataDisks(plan.Platform.Image, plan.Options.Machine.DataDiskSizeGB))
        {
            var one = new JsonObject { ["lun"] = disk.Key, ["createOption"] = disk.Value is null ? "FromImage" : "Empty" };
            if (disk.Value is { } size)
                one["diskSizeGB"] = size;
            data.Add((JsonNode)Disk(plan, one));
        }

        if (data.Count > 0)
            storage["dataDisks"] = data;
        return storage;
    }

    private static JsonObject Disk(ScaleSetPlan plan, JsonObject disk)
    {
        if (plan.Options.Machine.StorageAccountType is { } type)
            disk["managedDisk"] = new JsonObject { ["storageAccountType"] = type };
        if (plan.IsFlexible)
            disk["deleteOption"] = "Delete";
        return disk;
    }

    /// <summary>What a model says of its image.</summary>
    /// <param name="model">A URN, or the id of an image, image definition, version, or of one that somebody else shares.</param>
    public static JsonObject Reference(string model) => ImageUrn.TryParse(model) is { } urn
        ? new JsonObject { ["publisher"] = urn.Publisher, ["offer"] = urn.Offer, ["sku"] = urn.Sku, ["version"] = urn.Version }
        : new JsonObject { [SharedImageId.TryParse(model) is not { } shared ? "id" : shared.IsCommunity ? "communityGalleryImageId" : "sharedGalleryImageId"] = model };

    private static JsonObject Account(ScaleSetPlan plan)
    {
        NewVMOptions machine = plan.Options.Machine;
        string user = machine.AdminUserName ?? AdminAccount.DefaultUserName;
        var profile = new JsonObject { ["computerNamePrefix"] = Prefix(machine.Name), ["adminUsername"] = user };
        bool onlyKeys = machine.AdminPassword is null && machine.SshPublicKey.Count > 0;
        if (!onlyKeys)
            profile["adminPassword"] = machine.AdminPassword is null ? GeneratedPassword.Create() : SecretText.Reveal(machine.AdminPassword);
        if (VMDefinition.CustomData(machine) is { } custom)
            profile["customData"] = custom;
        if (plan.Platform.Image.IsWindows)
            return profile;

        var linux = new JsonObject { ["disablePasswordAuthentication"] = onlyKeys };
        if (machine.SshPublicKey.Count > 0)
        {
            JsonNode[] keys = [.. machine.SshPublicKey.Select(key => (JsonNode)new JsonObject { ["path"] = $"/home/{user}/.ssh/authorized_keys", ["keyData"] = key.Trim() })];
            linux["ssh"] = new JsonObject { ["publicKeys"] = new JsonArray(keys) };
        }

        profile["linuxConfiguration"] = linux;
        return profile;
    }

    private static JsonObject Network(ScaleSetPlan plan)
    {
        string name = plan.Options.Machine.Name;
        var configuration = new JsonObject { ["subnet"] = new JsonObject { ["id"] = plan.SubnetId } };
        if (plan.Platform.LoadBalancerPoolId.Count > 0)
            configuration["loadBalancerBackendAddressPools"] = new JsonArray([.. plan.Platform.LoadBalancerPoolId.Select(id => (JsonNode)new JsonObject { ["id"] = id })]);
        var networkInterface = new JsonObject
        {
            ["primary"] = true,
            ["ipConfigurations"] = new JsonArray(new JsonObject { ["name"] = name + "IPConfig", ["properties"] = configuration }),
        };
        var profile = new JsonObject
        {
            ["networkInterfaceConfigurations"] = new JsonArray(new JsonObject { ["name"] = name + "Nic", ["properties"] = networkInterface }),
        };
        if (plan.Options.Health?.ProbeId is { } probe)
            profile["healthProbe"] = new JsonObject { ["id"] = probe };
        if (plan.IsFlexible)
            profile["networkApiVersion"] = NetworkVersion;
        return profile;
    }
}
