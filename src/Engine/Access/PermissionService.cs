using ImageCmdlets.Engine.Networks;
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
                if (item.SubnetId is not null)
                    SubnetFinder.RequireId(item.SubnetId);
                var reader = new PermissionReader();
                Operation target = item.TargetSession is null ? branch : branch.With(EngineSession.Of(item.TargetSession));
                PermissionSource source = await PermissionSource.ReadAsync(item.Operation.All(IsOfTarget) ? target : branch, item.Id).ConfigureAwait(false);
                foreach (ImagePermissionOperation asked in item.Operation.Distinct())
                {
                    TestPermissionOptions options = IsOfTarget(asked) ? WithTarget(item, target) : item;
                    foreach (NeededRight right in NeededRights.For(asked, source, options, IsOfTarget(asked) && await IsMissingAsync(reader, target, NeededRights.Group(source, options)).ConfigureAwait(false)))
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

    private static async Task<bool> IsMissingAsync(PermissionReader reader, Operation operation, string group) =>
        (await reader.ReadAsync(operation, group).ConfigureAwait(false)).AskedScope is { } asked && !string.Equals(asked, group, StringComparison.OrdinalIgnoreCase);

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

        // A role is assigned only where something is.
        string principal = answer.Principal ?? "<object id>", scope = answer.AskedScope ?? right.Scope;
        string missing = scope == right.Scope ? string.Empty : $"'{right.Scope}' is not there yet: make it and give the role there, or for what is around it. ";
        return $"{missing}Have an owner run: Grant-ImageAccess '{scope}' -PrincipalId {principal} -Role '{RoleAdvice.For(right.Action)}'";
    }
}
