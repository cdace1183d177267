using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Access;

/// <summary>Takes access to one resource away.</summary>
internal sealed class AccessRevocation(Operation operation, RoleCatalog roles, RevokeAccessOptions options, RunOptions run)
{
    private readonly ResourceId _id = AccessTarget.Require(options.Id);

    public async Task RunAsync()
    {
        bool isAboutGroups = options.SharedSubscriptionId.Count + options.SharedTenantId.Count > 0;
        if (isAboutGroups || options.AllSharing)
            AccessTarget.RequireGallery(_id);
        foreach (string assignment in options.AssignmentId)
            await RoleAssignments.RemoveAsync(operation, assignment).ConfigureAwait(false);
        if (options.PrincipalId.Count > 0)
            await RemoveRolesAsync().ConfigureAwait(false);
        if (options.AllSharing)
            await ResetAsync().ConfigureAwait(false);
        else if (isAboutGroups)
            await EndSharingAsync().ConfigureAwait(false);
    }

    // Who has it from around keeps it: there it was given for more than this.
    private async Task RemoveRolesAsync()
    {
        string? role = options.Role is null ? null : RoleCatalog.NameOf(await roles.FindAsync(operation, _id.Text, options.Role).ConfigureAwait(false));
        string? name = role is null ? null : await roles.DescribeAsync(operation, _id.Text, role).ConfigureAwait(false);
        ImageAccess[] meant =
        [
            .. (await RoleAssignments.ListAsync(operation, roles, _id.Text).ConfigureAwait(false))
                .Where(access => options.PrincipalId.Contains(access.Principal, StringComparer.OrdinalIgnoreCase) && (name is null || access.Role == name)),
        ];
        foreach (ImageAccess access in meant.Where(access => !access.Inherited))
            await RoleAssignments.RemoveAsync(operation, access.AssignmentId!).ConfigureAwait(false);
        foreach (ImageAccess access in meant.Where(access => access.Inherited))
            operation.Warning($"'{access.Principal}' stays {access.Role} of '{_id.Name}': the role was assigned for '{access.Scope}'.");
    }

    private async Task EndSharingAsync()
    {
        GallerySharing sharing = await GallerySharing.ReadSettledAsync(operation, _id).ConfigureAwait(false);
        if (sharing.Removal(options.SharedSubscriptionId, options.SharedTenantId) is { } body)
            await AccessService.EndAsync(operation, _id, body, "Revoke", run).ConfigureAwait(false);
        else
            operation.Verbose($"'{_id.Name}' is not shared with any of them.");
    }

    private async Task ResetAsync()
    {
        GallerySharing sharing = await GallerySharing.ReadSettledAsync(operation, _id).ConfigureAwait(false);
        if (sharing.Permission != GallerySharing.Private)
            await AccessService.EndAsync(operation, _id, new JsonObject { ["operationType"] = "Reset" }, "Revoke", run).ConfigureAwait(false);
        else
            operation.Verbose($"'{_id.Name}' is not shared.");
    }
}
