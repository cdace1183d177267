using Azure.Core;

namespace ImageCmdlets.Engine.Sessions;

/// <summary>The same sign-in, in another tenant than its own.</summary>
internal sealed class TenantCredential(TokenCredential credential, string tenant) : TokenCredential
{
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        credential.GetToken(In(requestContext), cancellationToken);

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        credential.GetTokenAsync(In(requestContext), cancellationToken);

    private TokenRequestContext In(TokenRequestContext context) =>
        new(context.Scopes, context.ParentRequestId, context.Claims, context.TenantId ?? tenant, context.IsCaeEnabled);
}
