using System.Text.RegularExpressions;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Sessions;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Tests;

/// <summary>Everything that is in a sandbox, as text that two sandboxes can be compared by: resources with their tags and what matters of
/// their state, without times and ids.</summary>
internal static partial class WorldPicture
{
    public static async Task<string> OfAsync(ImageSession session)
    {
        var lines = new List<string>();
        IReadOnlyDictionary<string, int> types = EngineSession.Of(session).Sandbox!.GetStatistics().ResourcesByType;
        await Operation.RunAsync(session, new RecordingSink(), new RunOptions(), null, async operation =>
        {
            foreach (KeyValuePair<string, int> type in types)
            {
                if (IsInGallery(type.Key))
                    continue;

                // Parts of others are only counted, and what the engine never asks for.
                if (type.Key.Split('/').Length != 2 || type.Key.Split('/')[0] is "Microsoft.Resources" or "Microsoft.Storage")
                    lines.Add($"{type.Key}: {type.Value}");
                else
                    await ListAsync(operation, session, type.Key, lines);
            }
        }, TestContext.Current.CancellationToken);
        lines.AddRange(await AtThePartnersAsync(session));
        return string.Join("\n", lines.Order(StringComparer.Ordinal));
    }

    // What is made in the other tenant is of the types that images are made of.
    private static async Task<IReadOnlyList<string>> AtThePartnersAsync(ImageSession session)
    {
        var lines = new List<string>();
        ImageSession partner = OtherProcess.OpenPartner(session);
        await Operation.RunAsync(partner, new RecordingSink(), new RunOptions(), null, async operation =>
        {
            foreach (string type in new[] { ResourceTypes.Image, ResourceTypes.Disk, ResourceTypes.Snapshot, ResourceTypes.Gallery })
                await ListAsync(operation, partner, type, lines);
        }, TestContext.Current.CancellationToken);
        return [.. lines.Select(line => "partner: " + line)];
    }

    /// <summary>What one picture has and another has not.</summary>
    public static string Difference(string picture, string other)
    {
        List<string> lines = [.. picture.Split('\n')];
        foreach (string line in other.Split('\n'))
            lines.Remove(line);
        return string.Join("\n", lines);
    }

    // Galleries are listed with what is in them.
    private static bool IsInGallery(string type) => type.Equals(ResourceTypes.GalleryImage, StringComparison.OrdinalIgnoreCase) || type.Equals(ResourceTypes.GalleryImageVersion, StringComparison.OrdinalIgnoreCase);

    private static Task ListAsync(Operation operation, ImageSession session, string type, List<string> lines) =>
        ListAsync(operation, $"/subscriptions/{session.SubscriptionId}/providers/{type}", type, lines);

    private static Task ListAsync(Operation operation, string path, string type, List<string> lines) =>
        operation.Arm.ListAsync(path, ArmApiVersions.For(type), async item =>
        {
            string state = item.Text("properties", "provisioningState") ?? string.Empty;
            if (type.Equals(ResourceTypes.VirtualMachine, StringComparison.OrdinalIgnoreCase))
                state += await MachineAsync(operation, item.Text("id")!);
            else if (item.Text("managedBy") is { } owner)
                state += " of " + Name(ResourceId.TryParse(owner)!.Name);
            if (item.Text("properties", "diskState") is { } access && access.StartsWith("Active", StringComparison.Ordinal))
                state += " " + access;
            IEnumerable<string> tags = item.Map("tags").OrderBy(tag => tag.Key, StringComparer.Ordinal)
                .Select(tag => tag.Key.StartsWith(OperationTags.Prefix, StringComparison.Ordinal) ? tag.Key : $"{tag.Key}={tag.Value}");
            state += string.Concat(item.Items("properties", "publishingProfile", "targetRegions").Select(region => $" {region.Text("name")}={region.Text("regionalReplicaCount")}"));
            if (item.Truth("properties", "publishingProfile", "excludeFromLatest") == true)
                state += " excluded";
            if (ResourceId.TryParse(item.Text("properties", "virtualMachineProfile", "storageProfile", "imageReference", "id")) is { } model)
                state += " of " + model.Name;
            lines.Add($"{type} {Name(item.Text("name")!)} {state} [{string.Join(", ", tags)}]");
            if (type.Equals(ResourceTypes.Gallery, StringComparison.OrdinalIgnoreCase))
                await ListAsync(operation, item.Text("id") + "/images", ResourceTypes.GalleryImage, lines);
            if (type == ResourceTypes.GalleryImage)
                await ListAsync(operation, item.Text("id") + "/versions", ResourceTypes.GalleryImageVersion, lines);
        }, operation.CancellationToken);

    private static async Task<string> MachineAsync(Operation operation, string id)
    {
        ImageVM vm = VMMapper.Map((await VMReader.GetAsync(operation, id)).Body);
        return $" {vm.PowerState} {vm.OSState} {Disk(vm.OSDisk!)} {string.Join(' ', vm.DataDisk.Select(disk => $"{disk.Lun}:{Disk(disk)}"))}";
    }

    private static string Disk(DiskReference disk) => Name(ResourceId.TryParse(disk.SourceId)!.Name);

    private static string Name(string name) => Ids().Replace(name, "#");

    // Times, and the ids that Azure and the sandbox put into names.
    [GeneratedRegex("[0-9]{14}|[0-9a-f]{32}")]
    private static partial Regex Ids();
}
