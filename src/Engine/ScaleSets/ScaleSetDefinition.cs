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
        if (plan.IsFlexible)
            properties["platformFaultDomainCount"] = 1;
        else if (plan.Options.Capacity > OnePlacementGroup)
            properties["singlePlacementGroup"] = false;

        JsonObject body = ArmBody.Of(plan.Platform.Location, VMDefinition.Tags(machine.Tag, ScaleSetCreation.SetStep, plan.Model, ScaleSetCreation.OperationName), properties);
        body["sku"] = new JsonObject { ["name"] = plan.Platform.Size.Name, ["tier"] = "Standard", ["capacity"] = plan.Options.Capacity };
        if (plan.Options.Zone.Count > 0)
            body["zones"] = new JsonArray([.. plan.Options.Zone.Select(zone => (JsonNode)zone)]);
        if ((machine.Plan ?? plan.Platform.Image.Plan) is { } purchase)
            body["plan"] = new JsonObject { ["name"] = purchase.Name, ["publisher"] = purchase.Publisher, ["product"] = purchase.Product };
        return body;
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

        ScaleSetHealth.AddTo(profile, plan.Options.Health, plan.Platform.Image.IsWindows);
        return profile;
    }

    private static JsonObject Storage(ScaleSetPlan plan)
    {
        var osDisk = new JsonObject { ["createOption"] = "FromImage", ["caching"] = "ReadWrite" };
        if (plan.Options.Machine.StorageAccountType is { } type)
            osDisk["managedDisk"] = new JsonObject { ["storageAccountType"] = type };
        return new JsonObject { ["imageReference"] = Reference(plan.Model), ["osDisk"] = osDisk };
    }

    private static JsonObject Reference(string model) => ImageUrn.TryParse(model) is { } urn
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
        if (plan.IsFlexible)
            profile["networkApiVersion"] = NetworkVersion;
        return profile;
    }
}
