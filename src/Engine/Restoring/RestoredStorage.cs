using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Restoring;

/// <summary>What Azure is sent to put restored disks where they belong in a machine.</summary>
internal static class RestoredStorage
{
    /// <summary>The storage profile of a PATCH that puts restored disks in the place of those that are there.</summary>
    public static JsonObject Exchanged(JsonElement vm, RestorePlan plan, RestoredDisks disks)
    {
        var storage = new JsonObject();
        if (plan.Members[0] is { Lun: null } system)
        {
            ResourceId id = disks[system];

            // The name goes with the disk (azure-libraries-for-java#275); any other createOption than the one that is there is refused.
            storage["osDisk"] = new JsonObject
            {
                ["createOption"] = vm.Text("properties", "storageProfile", "osDisk", "createOption"),
                ["name"] = id.Name,
                ["managedDisk"] = new JsonObject { ["id"] = id.Text },
            };
        }

        if (plan.Members.Any(member => member.Lun is not null))
            storage["dataDisks"] = DataDisks(vm.Items("properties", "storageProfile", "dataDisks"), plan, disks);
        return storage;
    }

    /// <summary>Data disks as they are to be attached: restored ones where there are any, else those that are there.</summary>
    public static JsonArray DataDisks(IEnumerable<JsonElement> present, RestorePlan plan, RestoredDisks disks)
    {
        var all = new SortedDictionary<int, JsonObject>();
        foreach (JsonElement disk in present)
            all[disk.Number("lun") ?? 0] = JsonNode.Parse(disk.GetRawText())!.AsObject();
        foreach (RestoreMember member in plan.Members.Where(member => member.Lun is not null))
            all[member.Lun!.Value] = Attached(all.TryGetValue(member.Lun.Value, out JsonObject? before) ? before : [], member.Lun.Value, disks[member]);
        return new JsonArray([.. all.Values]);
    }

    private static JsonObject Attached(JsonObject before, int lun, ResourceId disk)
    {
        before.Remove("diskSizeGB");
        before.Remove("toBeDetached");
        before["lun"] = lun;
        before["name"] = disk.Name;
        before["createOption"] = "Attach";
        before["managedDisk"] = new JsonObject { ["id"] = disk.Text };
        return before;
    }
}
