using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Authorization;

/// <summary>Who a token says that it was issued to.</summary>
/// <param name="TenantId">Directory in which the caller signed in.</param>
/// <param name="ObjectId">Id of the user or application in that directory.</param>
/// <param name="Client">Name in error texts: a user's sign-in name, an application's id.</param>
internal sealed record Caller(string TenantId, string ObjectId, string Client)
{
    /// <summary>The caller of every token that says nothing: the owner of the sandbox's subscriptions.</summary>
    public static Caller Owner { get; } = new(ArmSandbox.Tenant, Principal.ObjectId, Principal.Client);

    /// <summary>The caller of an <c>Authorization</c> header.</summary>
    public static Caller Of(string header)
    {
        string token = header.Trim().Split([' '], 2) is { Length: 2 } parts ? parts[1].Trim() : string.Empty;
        if (SandboxToken.ReadClaims(token) is not { } claims || claims.Text("oid") is not { } id) return Owner;
        string name = claims.Text("upn") ?? claims.Text("unique_name") ?? claims.Text("preferred_username") ?? claims.Text("appid") ?? id;
        return new Caller(claims.Text("tid") ?? ArmSandbox.Tenant, id, id == Principal.ObjectId ? Principal.Client : name);
    }

    /// <summary>The callers of a request: that of its token, then those of its auxiliary tokens.</summary>
    public static IReadOnlyList<Caller> All(SandboxRequest request)
    {
        request.Headers.TryGetValue("Authorization", out string? header);
        return [Of(header ?? string.Empty), .. Auxiliary(request).Select(Of)];
    }

    /// <summary>The auxiliary tokens of a request, with their schemes.</summary>
    public static IEnumerable<string> Auxiliary(SandboxRequest request) =>
        request.Headers.TryGetValue("x-ms-authorization-auxiliary", out string? auxiliary)
            ? auxiliary.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries).Select(static token => token.Trim())
            : [];
}
