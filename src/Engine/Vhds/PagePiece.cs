namespace ImageCmdlets.Engine.Vhds;

/// <summary>Bytes of a page blob that travel in one request.</summary>
/// <param name="Offset">Where they begin.</param>
/// <param name="Length">How many; a multiple of 512, at most <see cref="Longest"/>.</param>
internal readonly record struct PagePiece(long Offset, int Length)
{
    /// <summary>The most that the service takes in one write, and for which it tells a checksum when it is read (Put Page, Get Blob).</summary>
    public const int Longest = 4 * 1024 * 1024;

    /// <summary>A range in pieces. They end where any other run's would, so that what one has brought another recognises.</summary>
    public static IEnumerable<PagePiece> Of(long offset, long length)
    {
        for (long end = offset + length; offset < end;)
        {
            long next = Math.Min(end, ((offset / Longest) + 1) * Longest);
            yield return new PagePiece(offset, (int)(next - offset));
            offset = next;
        }
    }
}
