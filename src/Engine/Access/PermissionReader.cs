using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Engine.Access;

/// <summary>Asks what the account of a session may do at scopes, each once.</summary>
internal sealed class PermissionReader
{
    private readonly Dictionary<(EngineSession Session, string Scope), PermissionAnswer> _answers = [];

    /// <summary>What may be done at a scope, and by whom.</summary>
    /// <param name="operation">The running command, in the session whose account is meant.</param>
    /// <param name="scope">A resource, a resource group or a subscription; of what is not there, what is around it is asked about.</param>
    public async Task<PermissionAnswer> ReadAsync(Operation operation, string scope)
    {
        (EngineSession Session, string Scope) key = (operation.Session, scope.ToUpperInvariant());
        if (!_answers.TryGetValue(key, out PermissionAnswer? answer))
            _answers[key] = answer = await AskAsync(operation, scope).ConfigureAwait(false);
        return answer;
    }

    private static async Task<PermissionAnswer> AskAsync(Operation operation, string scope)
    {
        string subscription = ResourceId.TryParse(scope)!.SubscriptionId;
        try
        {
            return await OtherTenant.AskAsync(operation, subscription, async there =>
            {
                (PermissionSet permissions, string asked) = await ListAsync(there, scope).ConfigureAwait(false);
                return new PermissionAnswer(permissions, await WhoAsync(there).ConfigureAwait(false), there.Session.TenantId) { AskedScope = asked };
            }).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception) when (exception.ErrorId is ErrorIds.AuthenticationFailed or ErrorIds.AuthorizationFailed or ErrorIds.SubscriptionNotFound)
        {
            return new PermissionAnswer(null, await WhoAsync(operation).ConfigureAwait(false), operation.Session.TenantId) { Refusal = exception };
        }
    }

    // Of a resource that is not there what is around it says what will count for it.
    private static async Task<(PermissionSet Permissions, string Asked)> ListAsync(Operation operation, string scope)
    {
        string asked = scope;
        while (true)
        {
            var roles = new List<JsonElement>();
            try
            {
                await operation.Arm.ListAsync(asked + "/providers/Microsoft.Authorization/permissions", ArmApiVersions.Authorization, item =>
                {
                    roles.Add(item);
                    return Task.CompletedTask;
                }, operation.CancellationToken).ConfigureAwait(false);
                return (new PermissionSet(roles), asked);
            }
            catch (ArmOperationException exception) when (exception.Status == 404 && exception.Code != "SubscriptionNotFound" && Around(asked) is { } outer)
            {
                asked = outer;
            }
        }
    }

    private static string? Around(string scope)
    {
        ResourceId id = ResourceId.TryParse(scope)!;
        return id.ResourceType is not null ? ResourceId.OfGroup(id.SubscriptionId, id.ResourceGroupName!).Text
            : id.ResourceGroupName is not null ? "/subscriptions/" + id.SubscriptionId
            : null;
    }

    private static Task<string?> WhoAsync(Operation operation) => operation.Session.FindPrincipalAsync(operation.CancellationToken);
}
