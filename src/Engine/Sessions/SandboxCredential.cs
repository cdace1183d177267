using Azure.Core;
using Azure.Identity;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Sessions;

/// <summary>Signs in at the sandbox, in whichever of its tenants is asked for.</summary>
/// <param name="home">The tenant of the session; null: the sandbox's own.</param>
/// <param name="principalId">Object id of whom it signs in; null: the owner of the tenant's subscriptions.</param>
internal sealed class SandboxCredential(string? home, string? principalId = null) : TokenCredential
{
    /// <exception cref="AuthenticationFailedException">The sandbox has no such tenant.</exception>
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        if (principalId is not null)
            return new AccessToken(SandboxToken.Create(DateTimeOffset.MaxValue, principalId, requestContext.TenantId ?? home), DateTimeOffset.MaxValue);

        if ((requestContext.TenantId ?? home) is not { } tenant)
            return new AccessToken("sandbox-token", DateTimeOffset.MaxValue);

        try
        {
            return new AccessToken(SandboxToken.OfOwner(tenant), DateTimeOffset.MaxValue);
        }
        catch (ArgumentException exception)
        {
            throw new AuthenticationFailedException($"There is no tenant '{tenant}' in the sandbox.", exception);
        }
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));
}
