namespace ImageCmdlets.Engine.Galleries;

/// <summary>What an image version can be made of.</summary>
internal enum SourceKind
{
    Machine,
    Image,
    Version,
    Disk,
    Snapshot,
    Vhd,
}
