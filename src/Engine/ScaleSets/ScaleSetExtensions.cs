using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.ScaleSets;

/// <summary>The extensions of a scale set's model, which each of its machines gets: the user's, one after the other, and the one that watches the health.</summary>
internal static class ScaleSetExtensions
{
    /// <summary>All that a set is to have.</summary>
    public static IReadOnlyList<ImageVMExtension> Of(NewScaleSetOptions options, bool isWindows) =>
        ScaleSetHealth.Extension(options.Health, isWindows) is { } watcher ? [.. options.Machine.Extension, watcher] : options.Machine.Extension;

    /// <summary>The member <c>extensionProfile</c> of the model; null where there are none.</summary>
    public static JsonObject? Profile(NewScaleSetOptions options, bool isWindows)
    {
        IReadOnlyList<ImageVMExtension> extensions = Of(options, isWindows);
        if (extensions.Count == 0)
            return null;

        var list = new JsonArray();
        for (int i = 0; i < extensions.Count; i++)
        {
            JsonObject properties = VMExtensions.Properties(extensions[i]);
            // Azure installs them all at once unless it is told which comes after which; who watches waits for nobody.
            if (i > 0 && i < options.Machine.Extension.Count)
                properties["provisionAfterExtensions"] = new JsonArray(extensions[i - 1].Name);
            list.Add((JsonNode)new JsonObject { ["name"] = extensions[i].Name, ["properties"] = properties });
        }

        return new JsonObject { ["extensions"] = list };
    }

    /// <summary>Adds which extensions a set that is there has not, or has of somebody else; what else it has, a policy can have added. Azure does not tell
    /// protected settings.</summary>
    public static void Compare(JsonElement profile, NewScaleSetOptions options, bool isWindows, List<string> differences)
    {
        Dictionary<string, string> there = profile.Items("extensionProfile", "extensions")
            .ToDictionary(one => one.Text("name") ?? string.Empty, one => $"{one.Text("properties", "publisher")}.{one.Text("properties", "type")}", StringComparer.OrdinalIgnoreCase);
        foreach (ImageVMExtension wanted in Of(options, isWindows))
        {
            string handler = VMExtensions.HandlerOf(wanted);
            if (!there.TryGetValue(wanted.Name, out string? found))
                differences.Add($"no extension '{wanted.Name}'");
            else
                MachineDifferences.Compare($"the extension '{wanted.Name}' of", found, handler, differences);
        }
    }
}
