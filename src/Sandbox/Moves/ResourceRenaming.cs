using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.RoleAssignments;

namespace ImageCmdlets.Sandbox.Moves;

/// <summary>Gives resources other ids, wherever these stand.</summary>
/// <param name="world">Where.</param>
/// <param name="ids">Old and new ids of top-level resources; what is below them follows.</param>
internal sealed class ResourceRenaming(SandboxWorld world, IReadOnlyDictionary<string, string> ids)
{
    /// <summary>Renames the resources and everything that names them.</summary>
    public void Apply()
    {
        foreach (string old in ids.Keys.ToArray())
        {
            foreach (ResourceEntry entry in world.Store.Below(old).Prepend(world.Store.Find(old)!).ToArray())
            {
                world.Store.Remove(entry.Id);
                // Documented: assignments of roles to the resource itself are lost.
                if (entry.Id.IndexOf(RoleAccess.Segment, StringComparison.OrdinalIgnoreCase) < 0)
                    world.Store.Put(new ResourceEntry(New(entry.Id)!, entry.Type, entry.Body, entry.State));
            }
        }

        foreach (ResourceEntry entry in world.Store.All.ToArray())
        {
            Rename(entry.Body);
            Rename(entry.State);
        }
    }

    private void Rename(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject branch:
                foreach (KeyValuePair<string, JsonNode?> member in branch.ToArray())
                {
                    if (Renamed(member.Value) is { } renamed) branch[member.Key] = renamed;
                    else Rename(member.Value);
                }

                break;
            case JsonArray items:
                for (int i = 0; i < items.Count; i++)
                {
                    if (Renamed(items[i]) is { } renamed) items[i] = renamed;
                    else Rename(items[i]);
                }

                break;
        }
    }

    private string? Renamed(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) && text.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase) ? New(text) : null;

    private string? New(string id)
    {
        string[] parts = id.Split('/');
        // "/subscriptions/s/resourceGroups/g/providers/namespace/type/name"
        if (parts.Length < 9 || !ids.TryGetValue(string.Join("/", parts.Take(9)), out string? top)) return null;
        return parts.Length == 9 ? top : $"{top}/{string.Join("/", parts.Skip(9))}";
    }
}
