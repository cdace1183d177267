using System.Text.Json.Nodes;
using Azure.Core;
using ImageCmdlets.Engine.Arm;
using Operation = ImageCmdlets.Engine.Operations.Operation;

namespace ImageCmdlets.Engine.Resources;

/// <summary>Writes single tags of a resource and leaves its others alone; a PATCH of the resource would replace them all.</summary>
/// <remarks>Source: <c>Tags_UpdateAtScope</c>, <c>Tags_GetAtScope</c>; there is nothing to wait for.</remarks>
internal static class ResourceTags
{
    /// <summary>A tag's value; null where there is no such tag.</summary>
    public static async Task<string?> FindAsync(Operation operation, string id, string name)
    {
        ArmAnswer? answer = await operation.Arm.FindAsync(PathOf(id), ArmApiVersions.Resources, operation.CancellationToken).ConfigureAwait(false);
        return answer?.Body.Map("properties", "tags").TryGetValue(name, out string? value) == true ? value : null;
    }

    /// <summary>Adds tags, or gives them other values.</summary>
    /// <exception cref="ImageCmdletsException">What Azure refused.</exception>
    public static Task MergeAsync(Operation operation, string id, IEnumerable<KeyValuePair<string, string>> tags) => PatchAsync(operation, id, "Merge", tags);

    /// <summary>Takes tags off that have these very values.</summary>
    /// <returns>Those that are left.</returns>
    /// <exception cref="ImageCmdletsException">What Azure refused.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> RemoveAsync(Operation operation, string id, IEnumerable<KeyValuePair<string, string>> tags) =>
        (await PatchAsync(operation, id, "Delete", tags).ConfigureAwait(false)).Body.Map("properties", "tags");

    private static string PathOf(string id) => id + "/providers/Microsoft.Resources/tags/default";

    private static Task<ArmAnswer> PatchAsync(Operation operation, string id, string what, IEnumerable<KeyValuePair<string, string>> tags)
    {
        var sent = new JsonObject();
        foreach (KeyValuePair<string, string> tag in tags)
            sent[tag.Key] = tag.Value;
        var body = new JsonObject { ["operation"] = what, ["properties"] = new JsonObject { ["tags"] = sent } };
        return operation.Arm.SendAsync(RequestMethod.Patch, PathOf(id), ArmApiVersions.Resources, body, operation.CancellationToken);
    }
}
