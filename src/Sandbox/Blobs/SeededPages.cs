using System.Security.Cryptography;
using System.Text;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>
/// What is on a disk that was made of an image: a boot sector and a few extents spread over the disk, each page of which begins
/// with the name of the seed and its own place. Pages of different sources, or of the same source at different places, differ.
/// </summary>
internal sealed class SeededPages(string seed, long length) : PageContent
{
    private const int Extents = 24;
    private const int LongestName = 128;

    // Chunk 0 is the boot sector; the next ones are left to the guest.
    private const long FirstExtent = 256;

    private readonly SortedSet<long> _chunks = Places(length);

    /// <inheritdoc />
    public override long Length => length;

    /// <inheritdoc />
    public override IEnumerable<long> Chunks => _chunks;

    /// <inheritdoc />
    public override PageChunk Chunk(long number)
    {
        if (!_chunks.Contains(number)) return PageChunk.Empty;
        return number == 0 ? BootSector() : Extent(number);
    }

    private static SortedSet<long> Places(long length)
    {
        long count = length / PageChunk.Size;
        var places = new SortedSet<long> { 0 };
        long step = Math.Max(1, (count - FirstExtent) / Extents);
        for (long place = FirstExtent; place < count && places.Count <= Extents; place += step) places.Add(place);
        return places;
    }

    private PageChunk BootSector()
    {
        byte[] sector = Page(0);
        sector[510] = 0x55;
        sector[511] = 0xAA;
        return PageChunk.Empty.Write(0, sector, 0, sector.Length);
    }

    private PageChunk Extent(long number)
    {
        var data = new byte[PageChunk.Size];
        for (int page = 0; page < PageChunk.Pages; page++)
            Page((number * PageChunk.Size) + (page * PageChunk.PageSize)).CopyTo(data, page * PageChunk.PageSize);
        return PageChunk.Of(data);
    }

    private byte[] Page(long place)
    {
        string name = seed.Length > LongestName ? seed.Substring(0, LongestName) : seed;
        byte[] text = Encoding.UTF8.GetBytes($"ImageCmdlets sandbox disk {name} {place}\n");
        using var sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(Encoding.UTF8.GetBytes($"{seed}|{place}"));
        var page = new byte[PageChunk.PageSize];
        for (int i = 0; i < page.Length; i++) page[i] = (byte)(hash[i % hash.Length] + i);
        Array.Copy(text, page, Math.Min(text.Length, page.Length));
        return page;
    }
}
