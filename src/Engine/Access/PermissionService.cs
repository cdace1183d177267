using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Engine.Access;

/// <summary>Says before the work which rights are there and which are missing. Azure is only read.</summary>
public static class PermissionService
{
    /// <summary>Writes an <see cref="ImagePermission"/> for each right that the operations need, on each scope.</summary>
    /// <exception cref="ImageCmdletsException">InvalidResourceId, InvalidArgument.</exception>
    public static Task TestAsync(ImageSession session, IReadOnlyList<TestPermissionOptions> items, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, new RunOptions(), items[0].Id, operation =>
            operation.ForEachItemAsync(items, async (item, branch) =>
            {
                var reader = new PermissionReader();
                Operation target = item.TargetSession is null ? branch : branch.With(EngineSession.Of(item.TargetSession));
                PermissionSource source = await PermissionSource.ReadAsync(item.Operation.All(IsOfTarget) ? target : branch, item.Id).ConfigureAwait(false);
                foreach (ImagePermissionOperation asked in item.Operation.Distinct())
                {
                    foreach (NeededRight right in NeededRights.For(asked, source, IsOfTarget(asked) ? WithTarget(item, target) : item))
                    {
                        PermissionAnswer answer = await reader.ReadAsync(right.IsOfTarget ? target : branch, right.Scope).ConfigureAwait(false);
                        if (!item.OnlyMissing || answer.Permissions?.Allows(right.Action) != true)
                            await branch.WriteAsync(Row(asked, right, answer)).ConfigureAwait(false);
                    }
                }
            }), cancellationToken);

    // Machines are made in the subscription of the session, everything else where its source is.
    private static TestPermissionOptions WithTarget(TestPermissionOptions options, Operation target) =>
        options.TargetSubscriptionId is null ? options with { TargetSubscriptionId = target.Session.SubscriptionId } : options;

    private static bool IsOfTarget(ImagePermissionOperation operation) => operation == ImagePermissionOperation.Deploy;

    private static ImagePermission Row(ImagePermissionOperation operation, NeededRight right, PermissionAnswer answer)
    {
        bool isGranted = answer.Permissions?.Allows(right.Action) ?? false;
        return new ImagePermission
        {
            Operation = operation,
            Action = right.Action,
            Scope = right.Scope,
            Granted = isGranted,
            Principal = answer.Principal,
            TenantId = answer.TenantId,
            Purpose = right.Purpose,
            IsLinked = right.IsLinked,
            Required = right.IsRequired,
            Reason = isGranted ? null : Reason(right, answer),
            RecommendedAction = isGranted ? null : Advice(right, answer),
        };
    }

    private static string Reason(NeededRight right, PermissionAnswer answer) => answer switch
    {
        { Refusal: { } refusal } => refusal.Message,
        { Permissions.IsEmpty: true } => "No role is assigned here or around it.",
        _ => right.IsLinked ? "No assigned role has this right; the request is refused as LinkedAuthorizationFailed." : "No assigned role has this right.",
    };

    private static string Advice(NeededRight right, PermissionAnswer answer)
    {
        if (answer.Refusal is { ErrorId: ErrorIds.AuthenticationFailed } refusal)
            return refusal.RecommendedAction;

        string principal = answer.Principal ?? "<object id>";
        return RoleFor(right.Action) is { } role
            ? $"Have an owner run: Grant-ImageAccess '{right.Scope}' -PrincipalId {principal} -Role '{role}'"
            : $"Ask an owner of '{right.Scope}' for a role with the action {right.Action} for {principal}.";
    }

    // The smallest built-in role that has it.
    private static string? RoleFor(string action)
    {
        const StringComparison ignoring = StringComparison.OrdinalIgnoreCase;
        return action.EndsWith("galleries/share/action", ignoring) ? "Compute Gallery Sharing Admin"
            : action.StartsWith("Microsoft.Authorization/", ignoring) && !action.EndsWith("/read", ignoring) ? "User Access Administrator"
            : action.StartsWith("Microsoft.Compute/galleries/images/", ignoring) && action.EndsWith("/read", ignoring) ? "Compute Gallery Image Reader"
            : action.StartsWith("Microsoft.Compute/galleries/images/", ignoring) ? "Compute Gallery Artifacts Publisher"
            : action.StartsWith("Microsoft.Network/", ignoring) && !action.EndsWith("/read", ignoring) ? "Network Contributor"
            : action.EndsWith("/read", ignoring) ? "Reader"
            : action.StartsWith("Microsoft.Compute/virtualMachines/", ignoring) ? "Virtual Machine Contributor"
            : "Contributor";
    }
}
