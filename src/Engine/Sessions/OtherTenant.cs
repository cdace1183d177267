using System.Text.RegularExpressions;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Sessions;

/// <summary>Reaches subscriptions of other tenants by the session's own sign-in, where that is known there.</summary>
/// <remarks>Azure answers 401 InvalidAuthenticationTokenTenant to a token of another tenant, and names the right one.</remarks>
internal static class OtherTenant
{
    private static readonly Regex s_wanted = new("must match .*?sts\\.windows\\.net/(?<tenant>[0-9a-fA-F-]{36})", RegexOptions.CultureInvariant);

    /// <summary>Asks something about a subscription, in its own tenant where that is another.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="subscriptionId">The subscription; null: the session's.</param>
    /// <param name="ask">The question.</param>
    /// <exception cref="ImageCmdletsException">AuthenticationFailed: the session is not signed in there.</exception>
    public static async Task<T> AskAsync<T>(Operation operation, string? subscriptionId, Func<Operation, Task<T>> ask)
    {
        if (subscriptionId is null)
            return await ask(operation).ConfigureAwait(false);

        if (operation.Session.Elsewhere(subscriptionId) is { } known)
            return await ask(operation.With(known)).ConfigureAwait(false);

        try
        {
            return await ask(operation).ConfigureAwait(false);
        }
        catch (ArmOperationException exception) when (TenantIn(exception) is not null)
        {
            return await ask(operation.With(Reach(operation.Session, subscriptionId, exception))).ConfigureAwait(false);
        }
    }

    private static string? TenantIn(ArmOperationException refusal) =>
        refusal.Details.Code == "InvalidAuthenticationTokenTenant" && s_wanted.Match(refusal.Message) is { Success: true } match ? match.Groups["tenant"].Value : null;

    private static EngineSession Reach(EngineSession session, string subscriptionId, ArmOperationException refusal)
    {
        string tenant = TenantIn(refusal)!;
        if (session.AuxiliaryTenantId.Any(known => EngineSession.SameTenant(known, tenant)))
            return session.In(tenant, subscriptionId);

        throw new ImageCmdletsException(ErrorIds.AuthenticationFailed,
            $"The subscription '{subscriptionId}' belongs to the tenant '{tenant}', and the session is signed in at {(session.TenantId is null ? "another" : $"'{session.TenantId}'")}.", subscriptionId,
            $"Sign in there with '$there = Connect-ImageSession -Tenant {tenant} -SubscriptionId {subscriptionId} -NotDefault' and pass '-TargetSession $there' where the command has it; "
            + $"or, where one sign-in is known in both tenants, pass '-AuxiliaryTenantId {tenant}' to Connect-ImageSession.", refusal);
    }
}
