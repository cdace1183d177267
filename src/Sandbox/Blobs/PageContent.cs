namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>Sparse bytes: a blob, or a disk as a function of what it was made from.</summary>
internal abstract class PageContent
{
    /// <summary>Length in bytes.</summary>
    public abstract long Length { get; }

    /// <summary>Numbers of the chunks that may hold anything, ascending.</summary>
    public abstract IEnumerable<long> Chunks { get; }

    /// <summary>A chunk by its number; an empty one where nothing was written.</summary>
    public abstract PageChunk Chunk(long number);

    /// <summary>Bytes of a range; zeros where nothing was written.</summary>
    public byte[] Read(long start, long count)
    {
        var bytes = new byte[count];
        for (long at = start; at < start + count;)
        {
            int within = (int)(at % PageChunk.Size);
            int length = (int)Math.Min(PageChunk.Size - within, start + count - at);
            Chunk(at / PageChunk.Size).Read(within, bytes, (int)(at - start), length);
            at += length;
        }

        return bytes;
    }

    /// <summary>The written ranges, as long as they can be, within limits.</summary>
    public IEnumerable<PageRange> Ranges(long start, long end) => Join(Written(start, end));

    /// <summary>Where this content differs from an earlier one, within limits.</summary>
    public IEnumerable<PageRange> Differences(PageContent earlier, long start, long end) => Join(Changed(earlier, start, end));

    private IEnumerable<PageRange> Written(long start, long end)
    {
        foreach (long number in Within(Chunks, start, end))
        {
            PageChunk chunk = Chunk(number);
            for (int page = 0; page < PageChunk.Pages; page++)
            {
                if (chunk.IsWritten(page) && Page(number, page, start, end) is { } range) yield return range;
            }
        }
    }

    private IEnumerable<PageRange> Changed(PageContent earlier, long start, long end)
    {
        IEnumerable<long> numbers = Chunks.Concat(earlier.Chunks).Distinct().OrderBy(static number => number);
        foreach (long number in Within(numbers, start, end))
        {
            PageChunk now = Chunk(number), before = earlier.Chunk(number);
            for (int page = 0; page < PageChunk.Pages; page++)
            {
                bool same = ReferenceEquals(now, before) || (now.IsWritten(page) == before.IsWritten(page) && now.SamePage(before, page));
                if (!same && Page(number, page, start, end) is { } range) yield return range with { IsClear = !now.IsWritten(page) };
            }
        }
    }

    private static IEnumerable<long> Within(IEnumerable<long> numbers, long start, long end) =>
        numbers.SkipWhile(number => number < start / PageChunk.Size).TakeWhile(number => number <= end / PageChunk.Size);

    // Pages count as a whole: a range that touches one holds it.
    private PageRange? Page(long number, int page, long start, long end)
    {
        long first = (number * PageChunk.Size) + (page * PageChunk.PageSize);
        long last = Math.Min(first + PageChunk.PageSize, Length) - 1;
        return last < start || first > end || last < first ? null : new PageRange(first, last);
    }

    private static IEnumerable<PageRange> Join(IEnumerable<PageRange> pages)
    {
        PageRange? open = null;
        foreach (PageRange page in pages)
        {
            if (open is { } range && range.End + 1 == page.Start && range.IsClear == page.IsClear)
            {
                open = range with { End = page.End };
                continue;
            }

            if (open is { } done) yield return done;
            open = page;
        }

        if (open is { } last) yield return last;
    }
}
