using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Images;

/// <summary>Changes the tags of one image, and of these only what was asked for.</summary>
internal static class ImageTagging
{
    public static async Task SetAsync(Operation operation, SetImageOptions options, RunOptions run)
    {
        DateTimeOffset begin = operation.Clock.UtcNow;
        CustomImage image = await ImageService.ReadAsync(operation, options.Id).ConfigureAwait(false);
        ResourceId id = ResourceId.TryParse(options.Id)!;
        Dictionary<string, string> tags = Apply(image.Tag, options);
        if (!IsSame(image.Tag, tags))
        {
            ArmAnswer begun = await ImageWriter.BeginTagsAsync(operation, id, tags).ConfigureAwait(false);
            if (run.NoWait)
            {
                await StartedOperation.WriteAsync(operation, id, "Set", begin, begun).ConfigureAwait(false);
                return;
            }

            await operation.Poller.WaitAsync(begun, id.Text, null, operation.CancellationToken).ConfigureAwait(false);
            image = await ImageService.ReadAsync(operation, id.Text).ConfigureAwait(false);
        }

        await operation.WriteAsync(image).ConfigureAwait(false);
    }

    /// <summary>Whether tags are the same. Their names ignore case, their values do not.</summary>
    public static bool IsSame(IReadOnlyDictionary<string, string> a, Dictionary<string, string> b) =>
        a.Count == b.Count && a.All(tag => b.TryGetValue(tag.Key, out string? value) && value == tag.Value);

    private static Dictionary<string, string> Apply(IReadOnlyDictionary<string, string> present, SetImageOptions options)
    {
        var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> tag in (options.Tag ?? present).Concat(options.AddTag ?? new Dictionary<string, string>()))
            tags[tag.Key] = tag.Value;
        foreach (string name in options.RemoveTag)
            tags.Remove(name);
        return tags;
    }
}
