using Azure.Core;

namespace ImageCmdlets.Engine.Sessions;

/// <summary>A token that somebody else got: the sandbox's, or the user's own.</summary>
internal sealed class StaticTokenCredential(string token) : TokenCredential
{
    // Whoever gave the token knows when it ends; Azure says so with 401, which no client-side guess improves on.
    private readonly AccessToken _token = new(token, DateTimeOffset.MaxValue);

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => _token;

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(_token);
}
