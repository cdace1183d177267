using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Access;

/// <summary>Says who has access to images, gives it and takes it away.</summary>
public static class AccessService
{
    /// <summary>Writes each <see cref="ImageAccess"/>: by role, by sharing with subscriptions and tenants, by being a community gallery.</summary>
    /// <exception cref="ImageCmdletsException">InvalidResourceId, and what Azure refuses.</exception>
    public static Task GetAsync(ImageSession session, IReadOnlyList<GetAccessOptions> items, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, items[0].Id, operation =>
        {
            var roles = new RoleCatalog();
            return operation.ForEachItemAsync(items, async (item, branch) =>
            {
                ResourceId id = AccessTarget.Require(item.Id);
                var principal = new NamePattern(item.Principal);
                bool isThere = false;
                foreach (ImageAccess access in (await ListAsync(branch, roles, id).ConfigureAwait(false)).Where(access => principal.Fits(access.Principal)))
                {
                    isThere = true;
                    if (!(item.ExcludeInherited && access.Inherited))
                        await branch.WriteAsync(access).ConfigureAwait(false);
                }

                if (!isThere && !principal.IsWildcard)
                    branch.Warning($"Nothing is given to '{item.Principal}' itself at '{id.Name}' or around it; what groups have is not told apart.");
            });
        }, cancellationToken);

    /// <summary>Gives access; what is there already is given as it is. Writes an <see cref="ImageAccess"/> for each.</summary>
    /// <remarks>Whether galleries can be shared is looked at before the first change.</remarks>
    /// <exception cref="ImageCmdletsException">InvalidResourceId, InvalidArgument; OperationNotAllowed: the gallery is not made for this kind of sharing.</exception>
    public static Task GrantAsync(ImageSession session, IReadOnlyList<GrantAccessOptions> items, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, items[0].Id, async operation =>
        {
            foreach (GrantAccessOptions item in items)
                await AccessGrant.CheckAsync(operation, item).ConfigureAwait(false);

            var roles = new RoleCatalog();
            await operation.ForEachItemAsync(items, (item, branch) => new AccessGrant(branch, roles, item, run).RunAsync()).ConfigureAwait(false);
        }, cancellationToken);

    /// <summary>Takes access away; what is not there is as wanted. Writes an <see cref="ImageOperation"/> where it is not waited for.</summary>
    /// <exception cref="ImageCmdletsException">InvalidResourceId, InvalidArgument.</exception>
    public static Task RevokeAsync(ImageSession session, IReadOnlyList<RevokeAccessOptions> items, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, items[0].Id, operation =>
        {
            var roles = new RoleCatalog();
            return operation.ForEachItemAsync(items, (item, branch) => new AccessRevocation(branch, roles, item, run).RunAsync());
        }, cancellationToken);

    /// <summary>Waits for a change of sharing, or says that it has begun.</summary>
    internal static async Task<bool> EndAsync(Operation operation, ResourceId gallery, JsonObject body, string verb, RunOptions run)
    {
        DateTimeOffset start = operation.Clock.UtcNow;
        ArmAnswer begun = await GallerySharing.BeginAsync(operation, gallery, body).ConfigureAwait(false);
        if (run.NoWait)
        {
            await StartedOperation.WriteAsync(operation, gallery, verb, start, begun).ConfigureAwait(false);
            return false;
        }

        await operation.Poller.WaitAsync(begun, gallery.Text, null, operation.CancellationToken).ConfigureAwait(false);
        return true;
    }

    private static async Task<IReadOnlyList<ImageAccess>> ListAsync(Operation operation, RoleCatalog roles, ResourceId id)
    {
        var access = new List<ImageAccess>(await RoleAssignments.ListAsync(operation, roles, id.Text).ConfigureAwait(false));
        if (AccessTarget.GalleryOf(id) is not { } gallery)
            return access;

        try
        {
            access.AddRange((await GallerySharing.ReadAsync(operation, gallery).ConfigureAwait(false)).Access(id.Text));
        }
        catch (ArmOperationException exception) when (exception.Status == 403 && !id.Is(ResourceTypes.Gallery))
        {
            operation.Warning($"With whom the gallery '{gallery.Name}' is shared may not be read: {exception.Message}");
        }

        return access;
    }
}
