using ImageCmdlets.Engine.Disks;

namespace ImageCmdlets.Engine.Restoring;

/// <summary>One disk that is to be put back.</summary>
/// <param name="Lun">Where; null: as OS disk.</param>
/// <param name="Snapshot">What it is made of.</param>
internal sealed record RestoreMember(int? Lun, DiskFacts Snapshot)
{
    /// <summary>What the place is called in names, tags and messages.</summary>
    public string Step => Lun is { } lun ? $"lun{lun}" : "os";
}
