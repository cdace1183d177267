using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Resources;

/// <summary>Finds what <c>-Source</c> means: an id, or a name in the resource group, as with az.</summary>
/// <param name="notFoundId">The ErrorId where nothing has the name.</param>
/// <param name="types">The resource types that may be meant, the likeliest first.</param>
internal sealed class SourceResolver(string notFoundId, params string[] types)
{
    /// <summary>The resource that is meant; an id is not looked up.</summary>
    /// <exception cref="ImageCmdletsException">InvalidResourceId, InvalidArgument, ResourceGroupNotFound, or what was said for a name that is not there.</exception>
    public async Task<ResourceId> ResolveAsync(Operation operation, string source, string? subscriptionId, string? resourceGroupName)
    {
        if (source.Length > 0 && source[0] == '/')
            return RequireId(source);

        if (resourceGroupName is not { } group)
        {
            throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"'{source}' is a name, and no resource group says where to look for it.", source,
                $"Pass -ResourceGroupName, or the id of {Kinds()}.");
        }

        string subscription = subscriptionId ?? operation.Session.SubscriptionId;
        await ResourceGroups.RequireAsync(operation, subscription, group).ConfigureAwait(false);
        foreach (string type in types.Where(type => !type.StartsWith(ResourceTypes.Gallery + "/", StringComparison.OrdinalIgnoreCase)))
        {
            ResourceId id = ResourceId.Of(subscription, group, type, source);
            if (await operation.Arm.FindAsync(id.Text, ArmApiVersions.For(type), operation.CancellationToken).ConfigureAwait(false) is not null)
                return id;
        }

        throw new ImageCmdletsException(notFoundId, $"The resource group '{group}' has no '{source}' that is {Kinds()}.", source);
    }

    /// <summary>The parsed id, if it is one of these types.</summary>
    /// <exception cref="ImageCmdletsException">InvalidResourceId.</exception>
    public ResourceId RequireId(string source) => ResourceId.TryParse(source) is { } id && Array.Exists(types, id.Is)
        ? id
        : throw new ImageCmdletsException(ErrorIds.InvalidResourceId, $"'{source}' is not the id of {Kinds()}.", source,
            $"Pass an id of the form {ResourceId.FormOf(types[0])}.");

    private string Kinds()
    {
        string[] kinds = [.. types.Select(type => type switch
        {
            ResourceTypes.VirtualMachine => "a virtual machine",
            ResourceTypes.Disk => "a disk",
            ResourceTypes.Snapshot => "a snapshot",
            ResourceTypes.Image => "an image",
            ResourceTypes.GalleryImageVersion => "an image version",
            ResourceTypes.GalleryImage => "an image definition",
            _ => type,
        })];
        return kinds.Length == 1 ? kinds[0] : string.Join(", ", kinds.Take(kinds.Length - 1)) + " or " + kinds[kinds.Length - 1];
    }
}
