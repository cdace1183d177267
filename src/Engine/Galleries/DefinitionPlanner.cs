using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Naming;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>Works out what an image definition is to be. Changes nothing.</summary>
internal static class DefinitionPlanner
{
    public static async Task<GalleryDefinitionContent> PlanAsync(Operation operation, ResourceId id, NewDefinitionOptions options)
    {
        ResourceNames.Require(ResourceTypes.GalleryImage, id.Name);
        VersionSource? source = options.FromSource is null ? null : await VersionSourceReader.ReadAsync(operation, options.FromSource).ConfigureAwait(false);
        ImageGallery gallery = GalleryMapper.Gallery(await GalleryWalk.Galleries.ReadOneAsync(operation, GalleryIds.ParentOf(id).Text).ConfigureAwait(false));
        if (options.EndOfLifeDate <= operation.Clock.UtcNow)
            throw VersionRules.EndOfLifeIsPast(options.EndOfLifeDate.Value, id.Text);

        string name = source?.Name ?? id.Name, sourceId = source?.Id ?? id.Text;
        return new GalleryDefinitionContent
        {
            Location = await LocationCatalog.ResolveAsync(operation, id.SubscriptionId, options.Location ?? gallery.Location!).ConfigureAwait(false),
            OSType = ImageRules.OSType(name, sourceId, source?.OSType, options.OSType),
            OSState = options.OSState ?? source?.OSState ?? "Generalized",
            HyperVGeneration = ImageRules.Generation(name, sourceId, source?.HyperVGeneration, options.HyperVGeneration) ?? (source is null ? "V2" : "V1"),
            Architecture = options.Architecture ?? source?.Architecture ?? "x64",
            Feature = FeaturesOf(options, source),
            Publisher = options.Publisher ?? Identifier(gallery.Name),
            Offer = options.Offer ?? Identifier(id.Name),
            Sku = options.Sku ?? Identifier(id.Name),
            Plan = options.Plan ?? source?.Plan,
            Description = options.Description,
            EndOfLifeDate = options.EndOfLifeDate,
            Tag = options.Tag ?? new Dictionary<string, string>(),
        };
    }

    /// <summary>Refuses a definition that is there and is another: what versions of it are cannot be changed.</summary>
    /// <exception cref="ImageCmdletsException">ResourceAlreadyExists: the message names what differs.</exception>
    public static void RequireSame(ImageDefinition there, GalleryDefinitionContent wanted)
    {
        string security = wanted.Feature.TryGetValue(GalleryMapper.SecurityFeature, out string? named) ? named : "Standard";
        (string What, string? Is, string? Wanted)[] facts =
        [
            ("OSType", there.OSType, wanted.OSType),
            ("OSState", there.OSState, wanted.OSState),
            ("HyperVGeneration", there.HyperVGeneration, wanted.HyperVGeneration),
            ("Architecture", there.Architecture, wanted.Architecture),
            ("SecurityType", there.SecurityType, security),
            ("Publisher", there.Publisher, wanted.Publisher),
            ("Offer", there.Offer, wanted.Offer),
            ("Sku", there.Sku, wanted.Sku),
            ("Plan", there.Plan?.ToString(), wanted.Plan?.ToString()),
        ];
        string[] different = [.. facts.Where(fact => !string.Equals(fact.Is, fact.Wanted, StringComparison.OrdinalIgnoreCase)).Select(fact => $"{fact.What} is {fact.Is ?? "none"}, not {fact.Wanted ?? "none"}")];
        if (different.Length > 0)
        {
            throw new ImageCmdletsException(ErrorIds.ResourceAlreadyExists, $"The image definition '{there.Name}' is there already and is another: {string.Join("; ", different)}.", there.Id,
                "Pass another -Name: what an image definition is cannot be changed.");
        }
    }

    private static Dictionary<string, string> FeaturesOf(NewDefinitionOptions options, VersionSource? source)
    {
        var features = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> feature in options.Feature ?? new Dictionary<string, string>())
            features[feature.Key] = feature.Value;
        if ((options.SecurityType ?? source?.SecurityType) is { } security and not "Standard")
            features[GalleryMapper.SecurityFeature] = security;
        return features;
    }

    // Letters, digits, '.', '_' and '-', not ending in '.'.
    private static string Identifier(string name)
    {
        string cut = name.Length > 64 ? name.Substring(0, 64) : name;
        return cut.TrimEnd('.');
    }
}
