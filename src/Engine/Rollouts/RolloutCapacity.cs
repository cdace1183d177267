using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.ScaleSets;
using Operation = ImageCmdlets.Engine.Operations.Operation;

namespace ImageCmdlets.Engine.Rollouts;

/// <summary>How many machines a flexible set has while some are there twice, and of what image the others are: kept in tags of the set, so that whoever goes on knows.</summary>
internal static class RolloutCapacity
{
    private const string Tag = OperationTags.Prefix + "capacity";

    // Azure's limit for a tag's value; what is longer is not kept, and machines of it are left when the command is run again.
    private const int LongestValue = 256;
    private const string FromTag = OperationTags.Prefix + "from";

    /// <summary>What the model named before the rollout; null where none is under way.</summary>
    public static string? From(JsonElement set) => set.Map("tags").TryGetValue(FromTag, out string? from) ? from : null;

    /// <summary>The number of machines in the end: those there are, or those of before a rollout which was not ended. Of the set's own capacity nobody knows whether it counts
    /// what somebody joined.</summary>
    /// <remarks>A rollout that was not ended has left machines of two images, and not more of them twice than the tag says. Else somebody has scaled the set since, or only the
    /// tag was left behind: then the set's own number counts.</remarks>
    public static int Of(JsonElement set, IReadOnlyList<ImageScaleSetInstance> machines)
    {
        int now = machines.Count;
        bool isMixed = machines.Select(machine => machine.Image).Distinct(StringComparer.OrdinalIgnoreCase).Skip(1).Any();
        return isMixed && Read(set) is { } kept && kept.Capacity <= now && now <= kept.Capacity + kept.Surplus ? kept.Capacity : now;
    }

    /// <summary>Whether the tag is there and true, for a rollout that has so many machines twice at most.</summary>
    public static bool IsKept(JsonElement set, IReadOnlyList<ImageScaleSetInstance> machines, int surplus) =>
        Read(set) is { } kept && kept.Capacity == Of(set, machines) && kept.Surplus >= surplus;

    /// <summary>The tags of the set with the number in them, for a rollout that has so many machines twice at most.</summary>
    public static JsonObject Tags(JsonElement set, IReadOnlyList<ImageScaleSetInstance> machines, int surplus)
    {
        int capacity = Of(set, machines), most = Math.Max(surplus, machines.Count - capacity);
        string? from = IsKept(set, machines, surplus: 0) ? From(set) : ScaleSetMapper.Map(set).Image;
        return With(set, string.Format(CultureInfo.InvariantCulture, "{0}+{1}", capacity, most), from);
    }

    /// <summary>Takes the tag away.</summary>
    public static async Task ForgetAsync(Operation operation, ResourceId id)
    {
        ArmAnswer set = await operation.Arm.GetAsync(id.Text, ArmApiVersions.Compute, operation.CancellationToken).ConfigureAwait(false);
        if (!set.Body.Map("tags").ContainsKey(Tag))
            return;

        var body = new JsonObject { ["tags"] = With(set.Body, null, null) };
        ArmAnswer begun = await operation.Arm.SendAsync(RequestMethod.Patch, id.Text, ArmApiVersions.Compute, body, operation.CancellationToken).ConfigureAwait(false);
        await operation.Poller.WaitAsync(begun, id.Text, null, operation.CancellationToken).ConfigureAwait(false);
    }

    // A PATCH replaces all tags of a set.
    private static JsonObject With(JsonElement set, string? value, string? from)
    {
        var tags = new JsonObject();
        foreach (KeyValuePair<string, string> tag in set.Map("tags").Where(tag => !Is(tag.Key, Tag) && !Is(tag.Key, FromTag)))
            tags[tag.Key] = tag.Value;
        if (value is not null)
            tags[Tag] = value;
        if (from is { Length: <= LongestValue })
            tags[FromTag] = from;
        return tags;
    }

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static (int Capacity, int Surplus)? Read(JsonElement set)
    {
        string[] parts = set.Map("tags").TryGetValue(Tag, out string? value) ? value.Split('+') : [];
        return parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int capacity)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int surplus) ? (capacity, surplus) : null;
    }
}
