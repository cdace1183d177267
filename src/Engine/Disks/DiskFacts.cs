using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Disks;

/// <summary>What a disk or snapshot says of itself that decides what can be made of it.</summary>
/// <remarks>Source: <c>Disks_Get</c> and <c>Snapshots_Get</c>, which name these alike.</remarks>
internal sealed record DiskFacts(ResourceId Id)
{
    public bool IsSnapshot => Id.Is(ResourceTypes.Snapshot);

    public required string Location { get; init; }

    public string? ProvisioningState { get; init; }

    /// <summary><c>Windows</c>, <c>Linux</c>, or null for a data disk.</summary>
    public string? OSType { get; init; }

    public string? HyperVGeneration { get; init; }

    /// <summary><c>x64</c> or <c>Arm64</c>; null is x64.</summary>
    public string? Architecture { get; init; }

    /// <summary>Such as <c>TrustedLaunch</c>; null is none.</summary>
    public string? SecurityType { get; init; }

    public string? Sku { get; init; }

    public int? SizeGB { get; init; }

    /// <summary>Azure's own id of these bytes: another disk of the same name has another.</summary>
    public string? UniqueId { get; init; }

    /// <summary>The id of the disk or snapshot it was made from.</summary>
    public string? SourceId { get; init; }

    /// <summary>What it was made from, an image or VHD too, as <see cref="DiskOrigin"/> tells; null for an empty disk.</summary>
    public string? Origin { get; init; }

    /// <summary>The <see cref="UniqueId"/> of what it was made from.</summary>
    public string? SourceUniqueId { get; init; }

    /// <summary>The same for all incremental snapshots of one disk in one region; null for others.</summary>
    public string? FamilyId { get; init; }

    public DateTimeOffset? TimeCreated { get; init; }

    /// <summary>When it was last attached or detached, or its machine started or deallocated; null for what never was attached.</summary>
    public DateTimeOffset? OwnershipChanged { get; init; }

    public IReadOnlyList<string> Zone { get; init; } = [];

    public PurchasePlan? Plan { get; init; }

    public IReadOnlyDictionary<string, string> Tag { get; init; } = new Dictionary<string, string>();

    public bool Incremental { get; init; }

    /// <summary>How much of a copy has arrived; 100 for what is no copy.</summary>
    public double CompletionPercent { get; init; }

    /// <summary>Whether something can be made of it, now or when its bytes have arrived: not failed, not being deleted.</summary>
    public bool IsUsable { get; init; }

    /// <summary><c>Attached</c> while the machine that has it runs, <c>Reserved</c> while it is deallocated.</summary>
    public string? DiskState { get; init; }

    public string? ManagedBy { get; init; }

    /// <summary>The set of the customer's own keys; null for keys of the platform.</summary>
    public string? DiskEncryptionSetId { get; init; }

    public static DiskFacts Read(ResourceId id, JsonElement item)
    {
        JsonElement properties = item.Find("properties") ?? default;
        return new DiskFacts(id)
        {
            Location = item.Text("location") ?? string.Empty,
            ProvisioningState = properties.Text("provisioningState"),
            OSType = properties.Text("osType"),
            HyperVGeneration = properties.Text("hyperVGeneration"),
            Architecture = properties.Text("supportedCapabilities", "architecture"),
            SecurityType = properties.Text("securityProfile", "securityType"),
            Sku = item.Text("sku", "name"),
            SizeGB = properties.Number("diskSizeGB"),
            UniqueId = properties.Text("uniqueId"),
            SourceId = properties.Text("creationData", "sourceResourceId"),
            Origin = DiskOrigin.Of(properties),
            SourceUniqueId = properties.Text("creationData", "sourceUniqueId"),
            FamilyId = properties.Text("incrementalSnapshotFamilyId"),
            TimeCreated = properties.Time("timeCreated"),
            OwnershipChanged = properties.Time("LastOwnershipUpdateTime"),
            Zone = item.Texts("zones"),
            Plan = PlanOf(properties),
            Tag = item.Map("tags"),
            Incremental = properties.Truth("incremental") ?? false,
            CompletionPercent = CompletionOf(properties),
            IsUsable = properties.Text("provisioningState") is not ("Failed" or "Canceled" or "Deleting") && properties.Find("copyCompletionError") is null
                && !item.Map("tags").ContainsKey(OperationTags.AbandonedTag),
            DiskState = properties.Text("diskState"),
            ManagedBy = item.Text("managedBy"),
            DiskEncryptionSetId = properties.Text("encryption", "diskEncryptionSetId"),
        };
    }

    /// <summary>How much of a copy from another region has arrived, 0 to 100.</summary>
    /// <remarks>Azure leaves completionPercent out of the answer that begins a copy; only what is no copy is complete without it
    /// (recorded: test_completion_percent).</remarks>
    public static double CompletionOf(JsonElement properties) => properties.Real("completionPercent")
        ?? (string.Equals(properties.Text("creationData", "createOption"), "CopyStart", StringComparison.OrdinalIgnoreCase) ? 0 : 100);

    private static PurchasePlan? PlanOf(JsonElement properties) =>
        properties.Text("purchasePlan", "name") is { } name && properties.Text("purchasePlan", "publisher") is { } publisher
        && properties.Text("purchasePlan", "product") is { } product
            ? new PurchasePlan(publisher, product, name)
            : null;
}
