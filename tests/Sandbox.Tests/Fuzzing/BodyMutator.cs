using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Fuzzing;

/// <summary>Spoils a good document in a few places.</summary>
internal static class BodyMutator
{
    public static JsonObject Spoil(JsonObject good, Random random)
    {
        var body = (JsonObject)good.DeepClone();
        for (int i = random.Next(4); i >= 0; i--) SpoilOne(body, random);
        return body;
    }

    private static void SpoilOne(JsonObject body, Random random)
    {
        JsonNode place = body;
        while (random.Next(4) > 0 && Child(place, random) is { } deeper) place = deeper;
        switch (place)
        {
            case JsonObject { Count: > 0 } holder:
                string name = holder.ElementAt(random.Next(holder.Count)).Key;
                if (random.Next(4) == 0) holder.Remove(name);
                else holder[name] = HostileValues.Value(random);
                break;
            case JsonArray { Count: > 0 } list:
                if (random.Next(3) == 0) list.Add(list[0]?.DeepClone());
                else list[random.Next(list.Count)] = HostileValues.Value(random);
                break;
            case JsonObject holder:
                holder["properties"] = HostileValues.Value(random);
                break;
        }
    }

    private static JsonNode? Child(JsonNode place, Random random) => place switch
    {
        JsonObject { Count: > 0 } holder => holder.ElementAt(random.Next(holder.Count)).Value is JsonNode child and not JsonValue ? child : null,
        JsonArray { Count: > 0 } list => list[random.Next(list.Count)] is JsonNode child and not JsonValue ? child : null,
        _ => null,
    };
}
