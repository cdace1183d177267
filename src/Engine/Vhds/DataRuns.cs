namespace ImageCmdlets.Engine.Vhds;

/// <summary>Finds what is not empty in bytes of a disk.</summary>
internal static class DataRuns
{
    private const int Page = 512;
    private static readonly byte[] s_zeros = new byte[Page];

    // A request costs about what this much more data does.
    private const int WorthOneRequest = 32 * 1024;

    /// <summary>The runs of pages that hold something, with gaps between them that are worth a request.</summary>
    /// <param name="bytes">A whole number of pages.</param>
    /// <param name="offset">Where they are on the disk.</param>
    public static IReadOnlyList<PagePiece> Of(ReadOnlySpan<byte> bytes, long offset)
    {
        var runs = new List<PagePiece>();
        int begin = -1, end = 0;
        for (int page = 0; page < bytes.Length; page += Page)
        {
            if (bytes.Slice(page, Page).SequenceEqual(s_zeros))
                continue;

            if (begin >= 0 && page - end >= WorthOneRequest)
            {
                runs.Add(new PagePiece(offset + begin, end - begin));
                begin = -1;
            }

            begin = begin < 0 ? page : begin;
            end = page + Page;
        }

        if (begin >= 0)
            runs.Add(new PagePiece(offset + begin, end - begin));
        return runs;
    }
}
