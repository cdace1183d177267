using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>One disk of a machine to be made or changed, checked.</summary>
/// <param name="Shown">The disk as the machine shows it.</param>
internal sealed record VmDisk(JsonObject Shown)
{
    /// <summary>The disk to make; null for one that is attached.</summary>
    public DiskSpecification? Made { get; init; }

    /// <summary>The disk to attach; null for one that is made.</summary>
    public ResourceEntry? Attached { get; init; }
}
