using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>Makes or changes one gallery or definition, and writes it as it is then.</summary>
internal static class GalleryMaking
{
    /// <summary>Makes it, or finds that it has been made.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="id">What is to be.</param>
    /// <param name="run">Whether it is waited for.</param>
    /// <param name="requireSame">Throws where the one that is there is another.</param>
    /// <param name="begin">Asks Azure for it.</param>
    /// <param name="map">Makes the object of the answer.</param>
    public static async Task RunAsync(Operation operation, ResourceId id, RunOptions run, Action<JsonElement> requireSame, Func<Task<ArmAnswer>> begin, Func<JsonElement, object> map)
    {
        DateTimeOffset start = operation.Clock.UtcNow;
        ArmAnswer? there = await operation.Arm.FindAsync(id.Text, ArmApiVersions.Galleries, operation.CancellationToken).ConfigureAwait(false);
        if (there is not null)
        {
            requireSame(there.Body);
            operation.Verbose($"'{id.Name}' is there already and is given as it is.");
        }

        bool isGood = there is not null && there.Body.Text("properties", "provisioningState") is not "Failed";
        await EndAsync(operation, id, run, "New", start, isGood ? there! : await begin().ConfigureAwait(false), map).ConfigureAwait(false);
    }

    /// <summary>The body of a change: tags only where they are given.</summary>
    public static JsonObject Change(JsonObject properties, IReadOnlyDictionary<string, string>? tags)
    {
        var body = new JsonObject();
        if (properties.Count > 0)
            body["properties"] = properties;
        if (tags is not null)
            body["tags"] = new JsonObject(tags.Select(tag => KeyValuePairOf(tag.Key, tag.Value)));
        return body;
    }

    /// <summary>Changes what a body names.</summary>
    /// <exception cref="ImageCmdletsException">InvalidArgument: it names nothing.</exception>
    public static async Task ChangeAsync(Operation operation, ResourceId id, RunOptions run, JsonObject body, Func<JsonElement, object> map)
    {
        DateTimeOffset start = operation.Clock.UtcNow;
        ArmAnswer begun = await GalleryWriter.BeginChangeAsync(operation, id, body).ConfigureAwait(false);
        await EndAsync(operation, id, run, "Set", start, begun, map).ConfigureAwait(false);
    }

    private static KeyValuePair<string, JsonNode?> KeyValuePairOf(string name, string value) => new(name, value);

    private static async Task EndAsync(Operation operation, ResourceId id, RunOptions run, string verb, DateTimeOffset start, ArmAnswer begun, Func<JsonElement, object> map)
    {
        if (run.NoWait)
        {
            await StartedOperation.WriteAsync(operation, id, verb, start, begun).ConfigureAwait(false);
            return;
        }

        await operation.Poller.WaitAsync(begun, id.Text, null, operation.CancellationToken).ConfigureAwait(false);
        ArmAnswer made = await operation.Arm.GetAsync(id.Text, ArmApiVersions.Galleries, operation.CancellationToken).ConfigureAwait(false);
        await operation.WriteAsync(map(made.Body)).ConfigureAwait(false);
    }
}
