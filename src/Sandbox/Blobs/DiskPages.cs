using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>
/// The bytes of a disk or snapshot as a signature shows them: what it was made of, what was written since, what its guest has on
/// it, and behind the disk's own bytes the footer that makes the download a fixed VHD.
/// </summary>
internal sealed class DiskPages : PageContent
{
    private readonly PageContent? _seeded;
    private readonly PageMap? _written;
    private readonly PageMap? _guest;
    private readonly long _size;
    private readonly byte[] _footer;

    /// <summary>Creates the view.</summary>
    /// <param name="store">Where written bytes are kept.</param>
    /// <param name="size">The disk's bytes, without the footer.</param>
    /// <param name="content">State of the disk: what its bytes are.</param>
    public DiskPages(BlobStore store, long size, JsonObject content)
    {
        _size = size;
        if (content.Text(DiskBytes.Seed) is { } seed) _seeded = new SeededPages(seed, content.Number(DiskBytes.SeedLength) ?? size);
        if (content.Text(DiskBytes.Pages) is { } key) _written = store.Disk(key);
        if (content.Object(Disks.DiskSource.Guest) is { } guest) _guest = GuestArea.Of(guest);
        bool own = content.Text(DiskBytes.Footer) is not null && content.Number(DiskBytes.FooterAt) == size;
        _footer = own ? Convert.FromBase64String(content.Text(DiskBytes.Footer)!) : VhdFooter.Of(size);
    }

    /// <inheritdoc />
    public override long Length => _size + VhdFooter.Size;

    /// <inheritdoc />
    public override IEnumerable<long> Chunks => (_seeded?.Chunks ?? [])
        .Concat(_written?.Chunks ?? [])
        .Concat(_guest?.Chunks ?? [])
        .Where(number => number * PageChunk.Size < _size)
        .Append(_size / PageChunk.Size)
        .Distinct()
        .OrderBy(static number => number);

    /// <summary>The bytes of a disk or snapshot.</summary>
    public static DiskPages Of(SandboxWorld world, ResourceEntry disk) =>
        new(world.Blobs, disk.Body.Number("properties.diskSizeBytes") ?? 0, disk.State);

    /// <inheritdoc />
    public override PageChunk Chunk(long number)
    {
        PageChunk chunk = Below(number);
        return number == _size / PageChunk.Size
            ? chunk.Write((int)(_size % PageChunk.Size), _footer, 0, _footer.Length)
            : chunk;
    }

    private PageChunk Below(long number)
    {
        if (_guest is not null && GuestArea.Holds(number)) return _guest.Chunk(number);
        PageChunk chunk = _seeded?.Chunk(number) ?? PageChunk.Empty;
        if (_written is null) return chunk;
        PageChunk upper = _written.Chunk(number);
        if (chunk.IsEmpty) return upper;
        return upper.IsEmpty ? chunk : chunk.Under(upper);
    }
}
