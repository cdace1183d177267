using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.UnmanagedDisks;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>One disk of a machine to be made or changed, checked.</summary>
/// <param name="Shown">The disk as the machine shows it.</param>
internal sealed record VmDisk(JsonObject Shown)
{
    /// <summary>The disk to make; null for one that is attached.</summary>
    public DiskSpecification? Made { get; init; }

    /// <summary>The disk in a blob; null for a managed one.</summary>
    public UnmanagedDisk? Unmanaged { get; init; }

    /// <summary>The disk to attach; null for one that is made.</summary>
    public ResourceEntry? Attached { get; init; }
}
