using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Sessions;

/// <summary>Names for Tab.</summary>
public static class CompletionService
{
    // More than the publishers of a region; a list cut short would hide what the user is typing.
    private const int Most = 5000;

    /// <summary>The names in a list of Azure, sorted.</summary>
    /// <param name="session">The session.</param>
    /// <param name="path">The path of a list: subscriptions, groups, locations or resources of one type.</param>
    /// <param name="cancellationToken">Ends the patience of the prompt.</param>
    public static async Task<IReadOnlyList<string>> NamesAsync(ImageSession session, string path, CancellationToken cancellationToken)
    {
        var names = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        await Operation.RunAsync(session, SilentSink.Instance, new RunOptions(), null, async operation =>
        {
            await operation.Arm.ListAsync(path, VersionFor(path), item =>
            {
                if ((item.Text("name") ?? item.Text("subscriptionId")) is { } name && names.Count < Most)
                    names.Add(name);
                return Task.CompletedTask;
            }, operation.CancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
        return [.. names];
    }

    private static string VersionFor(string path)
    {
        int providers = path.IndexOf("/providers/", StringComparison.OrdinalIgnoreCase);
        if (providers > 0)
        {
            // What is in a gallery is listed below the gallery's own name.
            string below = path.Substring(providers + "/providers/".Length);
            return ArmApiVersions.For(below.StartsWith(ResourceTypes.Gallery, StringComparison.OrdinalIgnoreCase) ? ResourceTypes.Gallery : below);
        }

        return path == "/subscriptions" || path.EndsWith("/locations", StringComparison.OrdinalIgnoreCase) ? ArmApiVersions.Subscriptions : ArmApiVersions.Resources;
    }
}
