using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>
/// What is inside a gallery or definition, as ARM's front end believes: it holds on to what has just been deleted, and refuses
/// the deletion of the parent for 10 to 20 seconds more (reported for .NET, Go and REST since 2020).
/// </summary>
internal static class NestedResources
{
    private const string Key = "nestedGone";
    private const int ShortestSeconds = 10;
    private const int LongestSeconds = 20;

    /// <summary>Refuses the deletion of a resource that holds others, or did until just now.</summary>
    public static void CheckNone(RequestContext context)
    {
        ResourceEntry parent = context.Resource;
        string[] inside =
        [
            .. context.World.Store.Below(parent.Id)
                .Where(entry => entry.Type != GalleryTypes.SoftDeleted && !ExtensionScope.Extends(entry.Id, parent.Id))
                .Select(static entry => Name(entry.Id)),
        ];
        if (inside.Length == 0) inside = [.. Remembered(parent, context.Now).Select(static item => item.Text("id")!)];
        if (inside.Length > 0) throw GalleryErrors.HasNested(inside);
    }

    /// <summary>Has the parent of a deleted resource remember it for a while.</summary>
    public static void Remember(SandboxWorld world, string id)
    {
        // Roles and locks of what is gone go with it.
        foreach (ResourceEntry extension in world.Store.Below(id).Where(entry => ExtensionScope.Extends(entry.Id, id)).ToArray()) world.Store.Remove(extension.Id);
        if (world.Store.Find(ResourceId.TryParse(id)?.Parent?.ToString()) is not { } parent) return;
        JsonObject[] remembered = [.. Remembered(parent, world.Now).Select(static item => item.Copy())];
        int more = world.Ids.Derive($"nested|{id}", 1)[0] % (LongestSeconds - ShortestSeconds + 1);
        DateTimeOffset until = world.Now.AddSeconds(ShortestSeconds + more);
        parent.State[Key] = new JsonArray(
        [
            .. remembered,
            new JsonObject
            {
                ["id"] = Name(id),
                ["until"] = ArmTime.Format(until),
            },
        ]);
        world.Operations.Remind(parent.SubscriptionId, parent.Id, until);
    }

    private static IEnumerable<JsonObject> Remembered(ResourceEntry parent, DateTimeOffset now) => parent.State.Items(Key)
        .Where(item => ArmTime.Parse(item.Text("until")!) > now);

    private static string Name(string id) => ResourceId.TryParse(id)!.TypeAndNames;
}
