using System.Globalization;

namespace ImageCmdlets.Engine.Vms;

/// <summary>A size of virtual machines as one region offers it to one subscription.</summary>
/// <remarks>Source: <c>ResourceSkus_List</c>. A capability that Azure does not state takes nothing away.</remarks>
internal sealed record VMSize(string Name, IReadOnlyDictionary<string, string> Capabilities, IReadOnlyList<string> Zones)
{
    /// <summary>The family whose cores have a quota of their own.</summary>
    public string? Family { get; init; }

    /// <summary>Why this subscription cannot have it here; null: it can.</summary>
    public string? Restriction { get; init; }

    /// <summary><c>x64</c> or <c>Arm64</c>.</summary>
    public string Architecture => Text("CpuArchitectureType") ?? "x64";

    public string HyperVGenerations => Text("HyperVGenerations") ?? "V1,V2";

    public int? Cores => int.TryParse(Text("vCPUs"), NumberStyles.None, CultureInfo.InvariantCulture, out int cores) ? cores : null;

    public int? MaxDataDisks => int.TryParse(Text("MaxDataDiskCount"), NumberStyles.None, CultureInfo.InvariantCulture, out int disks) ? disks : null;

    public bool HasPremiumDisks => !IsFalse("PremiumIO");

    public bool HasTrustedLaunch => Text("TrustedLaunchDisabled") is not { } disabled || !bool.TryParse(disabled, out bool off) || !off;

    /// <summary>Whether it boots images of a generation.</summary>
    public bool Boots(string generation) => HyperVGenerations.Split(',').Any(one => string.Equals(one.Trim(), generation, StringComparison.OrdinalIgnoreCase));

    private bool IsFalse(string capability) => bool.TryParse(Text(capability), out bool value) && !value;

    private string? Text(string capability) => Capabilities.TryGetValue(capability, out string? value) ? value : null;
}
