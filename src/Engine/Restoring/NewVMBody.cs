using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Restoring;

/// <summary>What Azure is sent to make a machine of disks.</summary>
/// <remarks>Source: <c>VirtualMachines_CreateOrUpdate</c> with <c>createOption: Attach</c>, which takes no <c>osProfile</c>. As with
/// New-ImageVM, what was made with a machine goes with it.</remarks>
internal static class NewVMBody
{
    public static JsonObject Of(NewVMPlan plan, RestoredDisks disks)
    {
        var properties = new JsonObject
        {
            ["hardwareProfile"] = new JsonObject { ["vmSize"] = plan.Machine.Platform.Size.Name },
            ["storageProfile"] = new JsonObject
            {
                ["osDisk"] = Disk(plan.Restore.Members[0], disks),
                ["dataDisks"] = new JsonArray([.. plan.Restore.Members.Skip(1).Select(member => Disk(member, disks))]),
            },
            ["networkProfile"] = new JsonObject
            {
                ["networkInterfaces"] = new JsonArray(new JsonObject
                {
                    ["id"] = plan.Machine.Names.NetworkInterfaceId,
                    ["properties"] = new JsonObject { ["primary"] = true, ["deleteOption"] = "Delete" },
                }),
            },
        };
        if (Security(plan.System) is { } security)
            properties["securityProfile"] = security;
        JsonObject body = ArmBody.Of(plan.Machine.Platform.Location, VMDefinition.Tags(plan.Machine, "VirtualMachine", plan.System.Id.Text), properties);
        if (plan.Machine.Options.Zone is { } zone)
            body["zones"] = new JsonArray(zone);
        if (plan.System.Plan is { } purchase)
            body["plan"] = new JsonObject { ["name"] = purchase.Name, ["publisher"] = purchase.Publisher, ["product"] = purchase.Product };
        return body;
    }

    private static JsonObject Disk(RestoreMember member, RestoredDisks disks)
    {
        var body = new JsonObject
        {
            ["createOption"] = "Attach",
            ["managedDisk"] = new JsonObject { ["id"] = disks[member].Text },
            ["caching"] = MachineTags.Caching(member.Snapshot.Tag) ?? (member.Lun is null ? "ReadWrite" : "None"),
            ["deleteOption"] = "Delete",
        };
        if (member.Lun is { } lun)
            body["lun"] = lun;
        else
            body["osType"] = member.Snapshot.OSType;
        return body;
    }

    private static JsonObject? Security(DiskFacts system) => system.SecurityType != "TrustedLaunch" ? null : new JsonObject
    {
        ["securityType"] = system.SecurityType,
        ["uefiSettings"] = new JsonObject
        {
            ["secureBootEnabled"] = MachineTags.HasSecureBoot(system.Tag) ?? true,
            ["vTpmEnabled"] = MachineTags.HasVirtualTpm(system.Tag) ?? true,
        },
    };
}
