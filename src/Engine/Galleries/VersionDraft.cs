using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Locations;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>An image version as it is to be: its publishing profile as Azure gave it, and what is changed of it.</summary>
internal sealed class VersionDraft
{
    private readonly JsonObject _publishing;
    private readonly JsonObject _safety = [];
    private readonly string _before;
    private readonly int[] _luns;
    private Dictionary<string, string>? _tags;

    /// <param name="version">As Azure gave it.</param>
    /// <param name="now">The time.</param>
    public VersionDraft(JsonElement version, DateTimeOffset now)
    {
        Present = VersionMapper.Map(version);
        _publishing = version.Find("properties", "publishingProfile") is { } profile ? (JsonObject)JsonNode.Parse(profile.GetRawText())! : [];

        // Azure's own.
        _publishing.Remove("publishedDate");

        // It refuses a date that is past, even its own; one that is left out stays.
        if (Present.EndOfLifeDate <= now)
            _publishing.Remove("endOfLifeDate");
        _before = _publishing.ToJsonString();
        _luns = [.. Present.DataDisk.Select(disk => disk.Lun ?? 0)];
    }

    public ImageVersion Present { get; }

    public bool IsChanged => _publishing.ToJsonString() != _before || _safety.Count > 0 || _tags is not null;

    private JsonArray Regions => (JsonArray)(_publishing["targetRegions"] ??= new JsonArray());

    public void EndOfLife(DateTimeOffset date) => SetIfOther("endOfLifeDate", GalleryWriter.Date(date)!, Present.EndOfLifeDate == date);

    /// <summary>Excludes the version from latest, or no longer: everywhere, or in some regions only.</summary>
    /// <exception cref="ImageCmdletsException">RegionMismatch: it is not in a region.</exception>
    public void Exclude(bool isExcluded, IReadOnlyList<string> locations)
    {
        if (locations.Count == 0)
            SetIfOther("excludeFromLatest", isExcluded, Present.ExcludeFromLatest == isExcluded);
        foreach (string location in locations)
        {
            JsonObject region = Find(location) ?? throw NotThere(location);
            if (((bool?)region["excludeFromLatest"] ?? false) != isExcluded)
                region["excludeFromLatest"] = isExcluded;
        }
    }

    public void BlockDeletion(bool isBlocked)
    {
        if (Present.BlockDeletionBeforeEndOfLife != isBlocked)
            _safety["blockDeletionBeforeEndOfLife"] = isBlocked;
    }

    /// <summary>Says which tags it is to have.</summary>
    public void Tag(IReadOnlyDictionary<string, string> tags)
    {
        bool isSame = tags.Count == Present.Tag.Count && tags.All(tag => Present.Tag.TryGetValue(tag.Key, out string? value) && value == tag.Value);
        _tags = isSame ? null : tags.ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Adds a region, or changes of one that is there what is named.</summary>
    public void Add(ImageTargetRegion wanted)
    {
        JsonObject body = VersionBody.Region(wanted, _luns);
        JsonObject? there = Find(wanted.Location);
        if (there is null)
        {
            Regions.Add(body);
            return;
        }

        body.Remove("name");
        foreach (KeyValuePair<string, JsonNode?> setting in body.ToArray())
        {
            if (there[setting.Key]?.ToJsonString() != setting.Value?.ToJsonString())
                there[setting.Key] = setting.Value?.DeepClone();
        }
    }

    /// <summary>Gives all regions that are there so many replicas, but for some.</summary>
    public void Replicas(int count, IReadOnlyList<ImageTargetRegion> otherThan)
    {
        foreach (JsonObject region in Regions.OfType<JsonObject>())
        {
            bool isOther = otherThan.Any(other => other.ReplicaCount is not null && LocationCatalog.Same(other.Location, (string?)region["name"]));
            if (!isOther && (int?)region["regionalReplicaCount"] != count)
                region["regionalReplicaCount"] = count;
        }
    }

    /// <summary>Gives up a region; one that is not there is given up already.</summary>
    /// <exception cref="ImageCmdletsException">InvalidArgument: the version was made there.</exception>
    public void Remove(string location)
    {
        if (LocationCatalog.Same(location, Present.Location))
        {
            throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"Version {Present.Name} of '{Present.DefinitionName}' was made in {Present.Location}, which cannot be given up.", Present.Id,
                "Leave that region out, or remove the version.");
        }

        if (Find(location) is { } region)
        {
            Regions.Remove(region);
            _safety["allowDeletionOfReplicatedLocations"] = true;
        }
    }

    /// <summary>The PATCH.</summary>
    public JsonObject ToBody()
    {
        // The specification wants a storage profile in every version; an empty one changes nothing (its example GalleryImageVersion_Update_WithoutSourceId).
        var properties = new JsonObject { ["publishingProfile"] = _publishing.DeepClone(), ["storageProfile"] = new JsonObject() };
        if (_safety.Count > 0)
            properties["safetyProfile"] = _safety.DeepClone();
        return GalleryMaking.Change(properties, _tags);
    }

    private ImageCmdletsException NotThere(string location) => new(ErrorIds.RegionMismatch,
        $"Version {Present.Name} of '{Present.DefinitionName}' is not in {location}, only in {string.Join(", ", Present.TargetRegion.Select(region => region.Location))}.", Present.Id, "Pass one of its regions, or add the region with Set-ImageReplication.");

    private JsonObject? Find(string location) => Regions.OfType<JsonObject>().FirstOrDefault(region => LocationCatalog.Same((string?)region["name"], location));

    private void SetIfOther(string name, JsonNode value, bool isSame)
    {
        if (!isSame)
            _publishing[name] = value;
    }
}
