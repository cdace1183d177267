using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>What a user should see of a recorded body: every property of the output type, by name.</summary>
internal static class BodyExpectation
{
    public static IReadOnlyDictionary<string, object?> Of(RecordedBody body) => body.Type switch
    {
        ResourceTypes.Image => Image(body.Body),
        ResourceTypes.Snapshot => Snapshot(body.Body),
        ResourceTypes.Disk => Disk(body.Body),
        ResourceTypes.Gallery => GalleryExpectation.Gallery(body.Body),
        ResourceTypes.GalleryImage => GalleryExpectation.Definition(body.Body),
        ResourceTypes.GalleryImageVersion => GalleryExpectation.Version(body.Body),
        ResourceTypes.ScaleSet => ScaleSetExpectation.Of(body.Body),
        _ => Machine(body.Body),
    };

    private static Dictionary<string, object?> Image(JsonNode body)
    {
        JsonNode profile = body.At("properties.storageProfile")!;
        DiskReference osDisk = ImageDisk(profile.At("osDisk")!);
        DiskReference[] dataDisks = [.. profile.All("dataDisks").Select(ImageDisk)];
        DiskReference[] disks = [osDisk, .. dataDisks];
        string? plan = BodyReading.Tag(body, "PlanName");
        return new Dictionary<string, object?>(BodyReading.Common(body))
        {
            ["Kind"] = ImageSourceKind.CustomImage,
            ["SourceId"] = body.Text("properties.sourceVirtualMachine.id"),
            ["OSType"] = profile.Text("osDisk.osType"),
            ["OSState"] = profile.Text("osDisk.osState"),
            ["HyperVGeneration"] = body.Text("properties.hyperVGeneration"),
            ["ZoneResilient"] = profile.Flag("zoneResilient"),
            ["OSDisk"] = osDisk,
            ["DataDisk"] = dataDisks,
            ["SizeGB"] = disks.All(disk => disk.DiskSizeGB is not null) ? disks.Sum(disk => disk.DiskSizeGB) : null,
            ["Plan"] = plan is null ? null : new PurchasePlan(BodyReading.Tag(body, "PlanPublisher")!, BodyReading.Tag(body, "PlanProduct")!, plan),
        };
    }

    public static string? ShortName(string? image)
    {
        Match version = Regex.Match(image ?? string.Empty, "/galleries/([^/]+)/images/([^/]+)/versions/([^/]+)$", RegexOptions.IgnoreCase);
        return version.Success ? $"{version.Groups[1]}/{version.Groups[2]}/{version.Groups[3]}" : image is ['/', ..] ? image.Split('/')[^1] : image;
    }

    private static DiskReference ImageDisk(JsonNode disk) => new()
    {
        Lun = disk.Whole("lun"),
        SourceId = disk.Text("managedDisk.id") ?? disk.Text("snapshot.id") ?? disk.Text("blobUri"),
        DiskSizeGB = disk.Whole("diskSizeGB"),
        Caching = disk.Text("caching"),
        StorageAccountType = disk.Text("storageAccountType"),
    };

    private static Dictionary<string, object?> Snapshot(JsonNode body)
    {
        bool begun = body.Text("properties.creationData.createOption") == "CopyStart";
        return new Dictionary<string, object?>(BodyReading.Common(body))
        {
            ["SourceId"] = BodyReading.Origin(body),
            ["VMId"] = BodyReading.Tag(body, "imagecmdlets-vm"),
            ["SetId"] = BodyReading.Tag(body, "imagecmdlets-set"),
            ["RestorePointId"] = BodyReading.Tag(body, "imagecmdlets-restorepoint"),
            ["OSState"] = BodyReading.Tag(body, "imagecmdlets-osstate"),
            ["Consistency"] = BodyReading.Tag(body, "imagecmdlets-consistency"),
            ["Lun"] = BodyReading.Tag(body, "imagecmdlets-lun") is { } lun ? int.Parse(lun, CultureInfo.InvariantCulture) : null,
            ["OSType"] = body.Text("properties.osType"),
            ["HyperVGeneration"] = body.Text("properties.hyperVGeneration"),
            ["Sku"] = body.Text("sku.name"),
            ["DiskSizeGB"] = body.Whole("properties.diskSizeGB"),
            ["Incremental"] = body.Flag("properties.incremental"),
            ["CompletionPercent"] = body.At("properties.completionPercent")?.GetValue<double>() ?? (begun ? 0.0 : 100.0),
            ["DiskState"] = body.Text("properties.diskState"),
            ["TimeCreated"] = body.Date("properties.timeCreated"),
        };
    }

    private static Dictionary<string, object?> Disk(JsonNode body) => new(BodyReading.Common(body))
    {
        ["DiskSizeGB"] = body.Whole("properties.diskSizeGB"),
        ["Sku"] = body.Text("sku.name"),
        ["OSType"] = body.Text("properties.osType"),
        ["HyperVGeneration"] = body.Text("properties.hyperVGeneration"),
        ["DiskState"] = body.Text("properties.diskState"),
        ["SourceId"] = BodyReading.Origin(body),
        ["ManagedBy"] = body.Text("managedBy"),
        ["Zone"] = body.All("zones").Select(zone => zone.GetValue<string>()).ToArray(),
        ["TimeCreated"] = body.Date("properties.timeCreated"),
    };

    private static Dictionary<string, object?> Machine(JsonNode body)
    {
        JsonNode properties = body.At("properties")!;
        JsonNode? view = properties.At("instanceView");
        JsonNode? plan = body.At("plan");
        return new Dictionary<string, object?>(BodyReading.Common(body))
        {
            ["VMId"] = properties.Text("vmId"),
            ["Size"] = properties.Text("hardwareProfile.vmSize"),
            ["OSType"] = properties.Text("storageProfile.osDisk.osType"),
            ["OSState"] = Status(view, "OSState/"),
            ["PowerState"] = Status(view, "PowerState/"),
            ["AgentState"] = view.All("vmAgent.statuses").FirstOrDefault().Text("displayStatus"),
            ["Image"] = MachineImage(properties.At("storageProfile")!),
            ["ImageName"] = ShortName(MachineImage(properties.At("storageProfile")!)),
            ["HyperVGeneration"] = view.Text("hyperVGeneration"),
            ["SecurityType"] = properties.Text("securityProfile.securityType") ?? "Standard",
            ["ComputerName"] = properties.Text("osProfile.computerName"),
            ["AdminUserName"] = properties.Text("osProfile.adminUsername"),
            ["OSDisk"] = MachineDisk(properties.At("storageProfile.osDisk")!),
            ["DataDisk"] = properties.All("storageProfile.dataDisks").Select(MachineDisk).ToArray(),
            ["NetworkInterfaceId"] = Interfaces(properties),
            ["PrivateIPAddress"] = null,
            ["PublicIPAddress"] = null,
            ["Zone"] = body.All("zones").Select(zone => zone.GetValue<string>()).ToArray(),
            ["Plan"] = plan is null ? null : new PurchasePlan(plan.Text("publisher")!, plan.Text("product")!, plan.Text("name")!),
            ["TimeCreated"] = properties.Date("timeCreated"),
        };
    }

    private static DiskReference MachineDisk(JsonNode disk) => new()
    {
        Lun = disk.Whole("lun"),
        SourceId = disk.Text("managedDisk.id") ?? disk.Text("vhd.uri"),
        DiskSizeGB = disk.Whole("diskSizeGB"),
        Caching = disk.Text("caching"),
        StorageAccountType = disk.Text("managedDisk.storageAccountType"),
    };

    // PowerState/deallocated is shown as Deallocated.
    private static string? Status(JsonNode? view, string kind)
    {
        string? code = view.All("statuses").Select(status => status.Text("code")).FirstOrDefault(code => code!.StartsWith(kind, StringComparison.Ordinal));
        return code is null ? null : char.ToUpperInvariant(code[kind.Length]) + code[(kind.Length + 1)..];
    }

    public static string? MachineImage(JsonNode storage)
    {
        JsonNode? reference = storage.At("imageReference");
        if (reference.Text("id") is { } id)
            return reference.Text("exactVersion") is { } exact ? $"{id}/versions/{exact}" : id;
        if (reference.Text("publisher") is not { } publisher)
            return storage.Text("osDisk.image.uri");

        string version = reference.Text("exactVersion") ?? reference.Text("version")!;
        return $"{publisher}:{reference.Text("offer")}:{reference.Text("sku")}:{version}";
    }

    private static string[] Interfaces(JsonNode properties)
    {
        JsonNode[] all = [.. properties.All("networkProfile.networkInterfaces")];
        return [.. all.Where(item => item.Flag("properties.primary")).Concat(all.Where(item => !item.Flag("properties.primary"))).Select(item => item.Text("id")!)];
    }
}
