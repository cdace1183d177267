namespace ImageCmdlets.Sandbox.Vms;

/// <summary>A size that machines can have, with the capabilities that decide which images and disks it takes.</summary>
public sealed record VmSize
{
    /// <summary>Name, for example <c>Standard_D2s_v5</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The family whose cores are counted by a quota of its own.</summary>
    public required string Family { get; init; }

    /// <summary>Cores, as quotas count them.</summary>
    public required int VCpus { get; init; }

    /// <summary>Memory in GiB.</summary>
    public required double MemoryGb { get; init; }

    /// <summary>How many data disks can be attached.</summary>
    public required int MaxDataDisks { get; init; }

    /// <summary>How many network interfaces it can have.</summary>
    public required int MaxNics { get; init; }

    /// <summary>Size of the temporary disk in MiB; 0 for the sizes without one.</summary>
    public required int TempDiskMb { get; init; }

    /// <summary>Capability <c>HyperVGenerations</c>: <c>V1</c>, <c>V2</c> or <c>V1,V2</c>.</summary>
    public required string Generations { get; init; }

    /// <summary>Capability <c>CpuArchitectureType</c>: <c>x64</c> or <c>Arm64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>Whether premium disks can be attached.</summary>
    public required bool PremiumIO { get; init; }

    /// <summary>Whether it can be placed in an availability zone, in regions that have zones.</summary>
    public required bool Zones { get; init; }

    /// <summary>Regions (short names) that do not offer the size.</summary>
    public IReadOnlyList<string> MissingIn { get; init; } = [];

    /// <summary>Whether the size boots images of a generation.</summary>
    /// <param name="generation"><c>V1</c> or <c>V2</c>.</param>
    public bool Boots(string generation) => Generations.Split(',').Contains(generation, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a region offers the size.</summary>
    /// <param name="location">Short name of the region, in lower case.</param>
    public bool IsOfferedIn(string location) => !MissingIn.Contains(location, StringComparer.OrdinalIgnoreCase);
}
