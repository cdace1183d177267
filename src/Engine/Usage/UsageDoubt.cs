using System.Text.Json;
using ImageCmdlets.Engine.Access;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Usage;

/// <summary>Says where no use does not mean that nobody uses it: the image is not there, or the account may not see who does.</summary>
internal static class UsageDoubt
{
    private const string ReadMachines = "Microsoft.Compute/virtualMachines/read";

    /// <summary>Reports what of the images asked about is not there. The versions of a definition are one list, however many are asked about.</summary>
    public static Task TellMissingAsync(Operation operation, IReadOnlyList<ResourceId> asked)
    {
        IGrouping<string, ResourceId>[] groups = [.. asked.GroupBy(id => id.Is(ResourceTypes.GalleryImageVersion) ? GalleryIds.ParentOf(id).Text : id.Text, StringComparer.OrdinalIgnoreCase)];
        return operation.ForEachAsync(groups, async (group, own) =>
        {
            try
            {
                HashSet<string> there = await ThereAsync(own, group.First()).ConfigureAwait(false);
                foreach (ResourceId id in group.Where(id => !there.Contains(id.Text)))
                    await own.ErrorAsync(new ImageCmdletsException(ErrorIds.ImageNotFound, $"There is no '{id.Text}', so that nothing can be said of who uses it.", id.Text, "Check the id; Get-ImageVersion, Get-ImageDefinition and Get-CustomImage list what is there.")).ConfigureAwait(false);
            }
            catch (ImageCmdletsException exception)
            {
                // What may not be read may be used all the same.
                own.Verbose($"Nobody knows whether '{group.Key}' is there: {exception.Message}");
            }
        });
    }

    /// <summary>Warns of subscriptions of which Resource Graph tells only a part: it leaves out what the account may not read, without a word.</summary>
    public static Task WarnOfHiddenAsync(Operation operation, IReadOnlyList<string> subscriptions) => operation.ForEachAsync(subscriptions, async (subscription, own) =>
    {
        PermissionAnswer answer = await new PermissionReader().ReadAsync(own, "/subscriptions/" + subscription).ConfigureAwait(false);
        if (answer.Permissions?.Allows(ReadMachines) != true)
            own.Warning($"The account may not read all machines of the subscription {subscription}: uses there can be missing.");
    });

    private static async Task<HashSet<string>> ThereAsync(Operation operation, ResourceId id)
    {
        if (id.Is(ResourceTypes.GalleryImageVersion))
        {
            List<JsonElement> versions = await new GalleryWalk(operation, new GalleryQuery()).ListVersionsAsync(GalleryIds.ParentOf(id)).ConfigureAwait(false);
            return new HashSet<string>(versions.Select(version => version.Text("id")!), StringComparer.OrdinalIgnoreCase);
        }

        ArmAnswer? found = await operation.Arm.FindAsync(id.Text, ArmApiVersions.For(id.ResourceType!), operation.CancellationToken).ConfigureAwait(false);
        return found is null ? [] : new HashSet<string>([id.Text], StringComparer.OrdinalIgnoreCase);
    }
}
