using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Marketplace;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>What a new machine is made from.</summary>
/// <param name="OsDisk">The bytes of its OS disk.</param>
internal sealed record VmSource(DiskSource OsDisk)
{
    /// <summary><c>Windows</c> or <c>Linux</c>.</summary>
    public required string OsType { get; init; }

    /// <summary><c>V1</c> or <c>V2</c>.</summary>
    public required string Generation { get; init; }

    /// <summary><c>x64</c> or <c>Arm64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>Whether machines with Trusted Launch can be made of it.</summary>
    public bool SupportsTrustedLaunch { get; init; }

    /// <summary>A disk attached as it is: no <c>osProfile</c>, no setting up.</summary>
    public ResourceEntry? Attached { get; init; }

    /// <summary>An image of a machine that was never generalized: no <c>osProfile</c>, no setting up.</summary>
    public bool IsSpecialized { get; init; }

    /// <summary>Id of the gallery version that the disks are made from; null for other sources.</summary>
    public string? GalleryVersionId { get; init; }

    /// <summary>The image reference as the machine will show it; null for an attached disk.</summary>
    public JsonObject? Reference { get; init; }

    /// <summary>Data disks that come with the image, by logical unit number.</summary>
    public IReadOnlyDictionary<int, DiskSource> DataDisks { get; init; } = new Dictionary<int, DiskSource>();

    /// <summary>Storage types that the image names for its data disks, by logical unit number.</summary>
    public IReadOnlyDictionary<int, string> DataStorageTypes { get; init; } = new Dictionary<int, string>();

    /// <summary>The storage type of the image's OS disk; null when the image does not say.</summary>
    public string? StorageType { get; init; }

    /// <summary>Disk encryption set of the OS disk of the image; null when it names none.</summary>
    public string? EncryptionSet { get; init; }

    /// <summary>Disk encryption sets that the image names for its data disks, by logical unit number.</summary>
    public IReadOnlyDictionary<int, string> DataEncryptionSets { get; init; } = new Dictionary<int, string>();

    /// <summary>The plan that has to be bought; null when none.</summary>
    public MarketplacePlan? Plan { get; init; }
}
