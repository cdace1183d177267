namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>A range of bytes.</summary>
/// <param name="Start">First byte.</param>
/// <param name="End">Last byte, inclusive, as the service counts.</param>
/// <param name="IsClear">Whether the range was written before and is not any more; in differences only.</param>
internal readonly record struct PageRange(long Start, long End, bool IsClear = false)
{
    public long Length => End - Start + 1;
}
