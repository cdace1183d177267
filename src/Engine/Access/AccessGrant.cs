using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Access;

/// <summary>Gives access to one resource.</summary>
internal sealed class AccessGrant(Operation operation, RoleCatalog roles, GrantAccessOptions options, RunOptions run)
{
    private readonly ResourceId _id = AccessTarget.Require(options.Id);

    private static bool SharesWithGroups(GrantAccessOptions options) => options.SharedSubscriptionId.Count + options.SharedTenantId.Count > 0;

    /// <summary>Refuses what Azure would refuse, before anything is changed.</summary>
    /// <exception cref="ImageCmdletsException">InvalidResourceId, InvalidArgument, OperationNotAllowed.</exception>
    public static async Task CheckAsync(Operation operation, GrantAccessOptions options)
    {
        ResourceId id = AccessTarget.Require(options.Id);
        bool isForGroups = SharesWithGroups(options);
        if (!isForGroups && options.Community is null)
            return;

        ResourceId gallery = AccessTarget.RequireGallery(id);
        GallerySharing sharing = await GallerySharing.ReadAsync(operation, gallery).ConfigureAwait(false);
        if (isForGroups && sharing.Permission != GallerySharing.Groups)
        {
            throw new ImageCmdletsException(ErrorIds.OperationNotAllowed,
                $"The gallery '{gallery.Name}' is {sharing.Permission}: only one with the permission Groups can be shared with subscriptions and tenants.", gallery.Text,
                "Make a gallery with New-ImageGallery -Permission Groups, or change this one with Set-ImageGallery -Permission Groups.");
        }

        if (options.Community is { IsComplete: false } && !sharing.HasPublisher)
        {
            throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"Everybody is told who publishes a community gallery, and of '{gallery.Name}' nothing is known yet.", gallery.Text,
                "Pass -PublisherUri, -PublisherContact, -Eula and -PublicNamePrefix with -Community.");
        }
    }

    public async Task RunAsync()
    {
        foreach (string principal in options.PrincipalId)
            await operation.WriteAsync(await RoleAssignments.EnsureAsync(operation, roles, options, principal).ConfigureAwait(false)).ConfigureAwait(false);
        if (SharesWithGroups(options))
            await ShareAsync().ConfigureAwait(false);
        if (options.Community is { } publisher)
            await PublishAsync(publisher).ConfigureAwait(false);
    }

    private async Task ShareAsync()
    {
        GallerySharing sharing = await GallerySharing.ReadSettledAsync(operation, _id).ConfigureAwait(false);
        JsonObject? body = sharing.Addition(options.SharedSubscriptionId, options.SharedTenantId);
        if (body is null)
            operation.Verbose($"'{_id.Name}' is shared with all of them already.");
        if (body is null || await AccessService.EndAsync(operation, _id, body, "Grant", run).ConfigureAwait(false))
            await WriteAsync(access => options.SharedSubscriptionId.Concat(options.SharedTenantId).Contains(access.Principal, StringComparer.OrdinalIgnoreCase)).ConfigureAwait(false);
    }

    private async Task PublishAsync(CommunityPublisher publisher)
    {
        GallerySharing sharing = await GallerySharing.ReadSettledAsync(operation, _id).ConfigureAwait(false);
        await sharing.PublishAsync(operation, publisher).ConfigureAwait(false);
        bool isOver = sharing.IsPublic || await AccessService.EndAsync(operation, _id, new JsonObject { ["operationType"] = "EnableCommunity" }, "Grant", run).ConfigureAwait(false);
        if (isOver)
            await WriteAsync(access => access.Kind == ImageAccessKind.Community).ConfigureAwait(false);
    }

    private async Task WriteAsync(Func<ImageAccess, bool> isMeant)
    {
        GallerySharing sharing = await GallerySharing.ReadAsync(operation, _id).ConfigureAwait(false);
        foreach (ImageAccess access in sharing.Access(_id.Text).Where(isMeant))
            await operation.WriteAsync(access).ConfigureAwait(false);
    }
}
