using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Marketplace;

namespace ImageCmdlets.Engine.Vms;

/// <summary>Makes an <see cref="ImageVM"/> of Azure's answer.</summary>
internal static class VMMapper
{
    private const string PowerStatePrefix = "PowerState/";
    private const string OSStatePrefix = "OSState/";
    private const string ProvisioningStatePrefix = "ProvisioningState/";

    /// <param name="item">The machine, with its instance view where that was asked for.</param>
    /// <param name="address">Its addresses, where they were asked for.</param>
    public static ImageVM Map(JsonElement item, VMAddress? address = null)
    {
        JsonElement properties = item.Find("properties") ?? default;
        JsonElement view = properties.Find("instanceView") ?? default;
        JsonElement storage = properties.Find("storageProfile") ?? default;
        return new ImageVM(item.Text("id")!)
        {
            Location = LocationCatalog.Of(item),
            Tag = item.Map("tags"),
            ProvisioningState = properties.Text("provisioningState"),
            VMId = properties.Text("vmId"),
            Size = properties.Text("hardwareProfile", "vmSize"),
            OSType = storage.Text("osDisk", "osType"),
            OSState = State(view, OSStatePrefix),
            PowerState = State(view, PowerStatePrefix),
            AgentState = view.Items("vmAgent", "statuses").FirstOrDefault().Text("displayStatus"),
            Image = Image(storage),
            HyperVGeneration = view.Text("hyperVGeneration"),
            SecurityType = properties.Text("securityProfile", "securityType") ?? "Standard",
            ComputerName = properties.Text("osProfile", "computerName"),
            AdminUserName = properties.Text("osProfile", "adminUsername"),
            OSDisk = storage.Find("osDisk") is { } os ? Disk(os, null) : null,
            DataDisk = [.. storage.Items("dataDisks").Select(disk => Disk(disk, disk.Number("lun") ?? 0))],
            NetworkInterfaceId = [.. NetworkInterfaces(item)],
            PrivateIPAddress = address?.PrivateIPAddress,
            PublicIPAddress = address?.PublicIPAddress,
            Zone = item.Texts("zones"),
            Plan = PlanMapper.Map(item.Find("plan")),
            TimeCreated = properties.Time("timeCreated"),
        };
    }

    /// <summary>The power state in a machine's instance view, such as <c>Running</c>; null without one.</summary>
    public static string? PowerState(JsonElement item) => State(item.Find("properties", "instanceView") ?? default, PowerStatePrefix);

    /// <summary><c>Generalized</c>, <c>Specialized</c> or null. Only the instance view knows it.</summary>
    public static string? OSState(JsonElement item) => State(item.Find("properties", "instanceView") ?? default, OSStatePrefix);

    /// <summary>The id of the managed disk at a LUN, or of the OS disk for null; null where there is none.</summary>
    public static string? DiskAt(JsonElement item, int? lun) => lun is null
        ? item.Text("properties", "storageProfile", "osDisk", "managedDisk", "id")
        : item.Items("properties", "storageProfile", "dataDisks").FirstOrDefault(disk => disk.Number("lun") == lun).Text("managedDisk", "id");

    /// <summary>When the last operation on a machine ended: the time of its provisioning state, the only one that power operations
    /// leave behind. Null while one is under way.</summary>
    public static DateTimeOffset? LastOperation(JsonElement item) =>
        item.Items("properties", "instanceView", "statuses")
            .Where(status => status.Text("code")?.StartsWith(ProvisioningStatePrefix, StringComparison.OrdinalIgnoreCase) == true)
            .Select(status => status.Time("time"))
            .FirstOrDefault(time => time is not null);

    /// <summary>The ids of a machine's network interfaces, the primary one first.</summary>
    public static IEnumerable<string> NetworkInterfaces(JsonElement item) =>
        item.Items("properties", "networkProfile", "networkInterfaces")
            .OrderByDescending(reference => reference.Truth("properties", "primary") ?? false)
            .Select(reference => reference.Text("id"))
            .OfType<string>();

    /// <summary>What a machine, or the machines of a scale set, are made of: a URN, the id of an image, or the address of a VHD; null where nothing is named.</summary>
    /// <param name="storage">The <c>storageProfile</c>.</param>
    public static string? Image(JsonElement storage) =>
        Referenced(storage.Find("imageReference") ?? default) ?? DiskOrigin.WithoutSignature(storage.Text("osDisk", "image", "uri"));

    // A code such as "PowerState/running"; "ProvisioningState/succeeded" and others stand beside it, in no fixed order.
    private static string? State(JsonElement view, string prefix)
    {
        string? code = view.Items("statuses").Select(status => status.Text("code"))
            .FirstOrDefault(text => text?.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) == true);
        return code is null || code.Length == prefix.Length
            ? null
            : char.ToUpperInvariant(code[prefix.Length]) + code.Substring(prefix.Length + 1);
    }

    private static string? Referenced(JsonElement reference)
    {
        if ((reference.Text("id") ?? reference.Text("sharedGalleryImageId") ?? reference.Text("communityGalleryImageId")) is { } id)
            return WithVersion(id, reference.Text("exactVersion"));
        if (reference.Text("publisher") is not { } publisher)
            return null;

        string? version = reference.Text("exactVersion") ?? reference.Text("version");
        return new ImageUrn(publisher, reference.Text("offer") ?? string.Empty, reference.Text("sku") ?? string.Empty, version ?? string.Empty).Urn;
    }

    // A machine made of a definition's latest version names the definition, and beside it the version that it got (recorded: test_gallery_e2e).
    private static string WithVersion(string id, string? exactVersion) =>
        exactVersion is null || id.IndexOf("/versions/", StringComparison.OrdinalIgnoreCase) > 0 ? id : $"{id}/versions/{exactVersion}";

    private static DiskReference Disk(JsonElement disk, int? lun) => new()
    {
        Lun = lun,
        SourceId = disk.Text("managedDisk", "id") ?? disk.Text("vhd", "uri"),
        DiskSizeGB = disk.Number("diskSizeGB"),
        Caching = disk.Text("caching"),
        StorageAccountType = disk.Text("managedDisk", "storageAccountType"),
    };
}
