namespace ImageCmdlets.Engine.Lineage;

/// <summary>Where an image comes from, in its tags: machines and disks are mostly removed once there is an image of them, and with them goes what Azure knows of it.</summary>
internal static class LineageTags
{
    /// <summary>What it is a copy of. Azure names a snapshot that was made for the copy and removed.</summary>
    private const string CopyTag = "imagecmdlets-copyof";

    /// <summary>The image or version that its machine was made of.</summary>
    private const string BaseTag = "imagecmdlets-base";

    /// <summary>The image of the marketplace that all goes back to.</summary>
    private const string UrnTag = "imagecmdlets-urn";

    // Azure's limits: a resource has 50 tags, a value 256 characters.
    private const int MostTags = 50;
    private const int LongestValue = 256;

    /// <summary>The names of those that are as true of a copy as of its source.</summary>
    public static IReadOnlyList<string> Names { get; } = [BaseTag, UrnTag];

    /// <summary>Whether a name is one of these tags'.</summary>
    public static bool Has(string name) => name is CopyTag or BaseTag or UrnTag;

    public static string? CopyOf(IReadOnlyDictionary<string, string> tags) => Value(tags, CopyTag);

    public static string? Base(IReadOnlyDictionary<string, string> tags) => Value(tags, BaseTag);

    public static string? Urn(IReadOnlyDictionary<string, string> tags) => ImageUrn.TryParse(Value(tags, UrnTag))?.Urn;

    /// <summary>Gives the tags of what is made what those of its source say.</summary>
    public static void Carry(IReadOnlyDictionary<string, string> source, IDictionary<string, string> tags)
    {
        foreach (string name in Names)
            Write(tags, name, Value(source, name));
    }

    /// <summary>Adds what something is a copy of, and where that came from.</summary>
    public static void WriteCopy(IDictionary<string, string> tags, string sourceId, IReadOnlyDictionary<string, string> source)
    {
        Write(tags, CopyTag, sourceId);
        Carry(source, tags);
    }

    /// <summary>Adds what a machine was made of; of a clone, or one made of snapshots, only its own tags know.</summary>
    public static void WriteMachine(IDictionary<string, string> tags, ImageVM vm)
    {
        Carry(vm.Tag, tags);
        WriteOrigin(tags, vm.Image);
    }

    /// <summary>Adds an origin: the id of an image or version, or a URN; anything else is no image.</summary>
    public static void WriteOrigin(IDictionary<string, string> tags, string? origin)
    {
        if (MarketplaceOrigin.UrnOf(origin) is { } urn)
            Write(tags, UrnTag, urn);
        else if (ResourceId.TryParse(origin) is { } id && IsImage(id))
            Write(tags, BaseTag, id.Text);
    }

    /// <summary>Adds the image of the marketplace.</summary>
    public static void WriteUrn(IDictionary<string, string> tags, string? urn) => Write(tags, UrnTag, urn);

    /// <summary>Whether this is the id of an image or version of a subscription.</summary>
    public static bool IsImage(ResourceId id) => id.Is(ResourceTypes.Image) || id.Is(ResourceTypes.GalleryImageVersion);

    private static string? Value(IReadOnlyDictionary<string, string> tags, string name) => tags.TryGetValue(name, out string? value) ? value : null;

    // A note that does not fit is left out: what is made must not fail of it.
    private static void Write(IDictionary<string, string> tags, string name, string? value)
    {
        if (value is { Length: > 0 and <= LongestValue } && (tags.ContainsKey(name) || tags.Count < MostTags))
            tags[name] = value;
    }
}
