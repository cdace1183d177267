using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using Operation = ImageCmdlets.Engine.Operations.Operation;

namespace ImageCmdlets.Engine.Rollouts;

/// <summary>How many machines a flexible set has while some are there twice: kept in a tag of the set, so that whoever goes on knows.</summary>
internal static class RolloutCapacity
{
    private const string Tag = OperationTags.Prefix + "capacity";

    /// <summary>The number that the set is to have in the end: its own, or that of a rollout which was not ended.</summary>
    /// <remarks>A set that has more or fewer machines than the tag's rollout can have left was scaled by somebody since: then its own number counts.</remarks>
    public static int Of(JsonElement set)
    {
        int now = set.Number("sku", "capacity") ?? 0;
        return Read(set) is { } kept && kept.Capacity <= now && now <= kept.Capacity + kept.Surplus ? kept.Capacity : now;
    }

    /// <summary>Whether the tag is there and true.</summary>
    public static bool IsKept(JsonElement set) => Read(set) is { } kept && kept.Capacity == Of(set);

    /// <summary>The tags of the set with the number in them, for a rollout that has so many machines twice at most.</summary>
    public static JsonObject Tags(JsonElement set, int surplus)
    {
        int capacity = Of(set), now = set.Number("sku", "capacity") ?? 0;
        int most = Math.Max(surplus, now - capacity);
        return With(set, string.Format(CultureInfo.InvariantCulture, "{0}+{1}", capacity, most));
    }

    /// <summary>Takes the tag away.</summary>
    public static async Task ForgetAsync(Operation operation, ResourceId id)
    {
        ArmAnswer set = await operation.Arm.GetAsync(id.Text, ArmApiVersions.Compute, operation.CancellationToken).ConfigureAwait(false);
        if (!set.Body.Map("tags").ContainsKey(Tag))
            return;

        var body = new JsonObject { ["tags"] = With(set.Body, null) };
        ArmAnswer begun = await operation.Arm.SendAsync(RequestMethod.Patch, id.Text, ArmApiVersions.Compute, body, operation.CancellationToken).ConfigureAwait(false);
        await operation.Poller.WaitAsync(begun, id.Text, null, operation.CancellationToken).ConfigureAwait(false);
    }

    // A PATCH replaces all tags of a set.
    private static JsonObject With(JsonElement set, string? value)
    {
        var tags = new JsonObject();
        foreach (KeyValuePair<string, string> tag in set.Map("tags").Where(tag => !string.Equals(tag.Key, Tag, StringComparison.OrdinalIgnoreCase)))
            tags[tag.Key] = tag.Value;
        if (value is not null)
            tags[Tag] = value;
        return tags;
    }

    private static (int Capacity, int Surplus)? Read(JsonElement set)
    {
        string[] parts = set.Map("tags").TryGetValue(Tag, out string? value) ? value.Split('+') : [];
        return parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int capacity)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int surplus) ? (capacity, surplus) : null;
    }
}
