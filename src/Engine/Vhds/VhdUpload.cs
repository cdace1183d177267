using ImageCmdlets.Engine.Disks;

namespace ImageCmdlets.Engine.Vhds;

/// <summary>A file on its way to be a disk of an image.</summary>
/// <param name="File">The file.</param>
/// <param name="DiskId">The disk that it becomes, for as long as the image is being made: its name follows from the image and the file.</param>
/// <param name="Content">What the disk is to be.</param>
internal sealed record VhdUpload(LocalVhd File, ResourceId DiskId, DiskContent Content);
