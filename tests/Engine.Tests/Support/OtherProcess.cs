using Azure.Core;
using Azure.Core.Pipeline;
using Azure.ResourceManager;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Engine.Tests;

/// <summary>Further sessions of the same sandbox: another process's, and the other tenant's.</summary>
internal static class OtherProcess
{
    /// <summary>A second process that works with the same sandbox: a session with a pipeline and a memory of its own.</summary>
    /// <param name="alive">A session of the sandbox.</param>
    /// <param name="handler">The way there, which ends at a <see cref="SandboxMessageHandler"/>.</param>
    public static ImageSession Open(ImageSession alive, DelegatingHandler handler)
    {
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        TokenCredential credential = CredentialFactory.Create(new ConnectOptions { Method = AuthenticationMethod.Sandbox }, tokenTransport: null);
        return Open(alive, new HttpClientTransport(client), credential, alive.SubscriptionId, null, alive.SessionId + 1);
    }

    /// <summary>A session of the other tenant in the process of this one: both die together.</summary>
    public static ImageSession OpenPartner(ImageSession alive)
    {
        EngineSession own = EngineSession.Of(alive);
        string tenant = own.Sandbox!.PartnerTenantId;
        return Open(alive, own.Transport, new SandboxCredential(tenant), own.Sandbox.PartnerSubscriptionId, tenant, alive.SessionId + 100);
    }

    private static ImageSession Open(ImageSession alive, HttpPipelineTransport transport, TokenCredential credential, string subscriptionId, string? tenantId, int sessionId)
    {
        EngineSession own = EngineSession.Of(alive);
        var connection = new SessionTransport(ArmEnvironment.AzurePublicCloud, transport, own.Sandbox!.Clock, own.Sandbox);
        return new ImageSession(new EngineSession(connection, credential, subscriptionId) { OwnsConnection = false, TenantId = tenantId })
        {
            SessionId = sessionId, SubscriptionId = subscriptionId, Account = alive.Account, TenantId = tenantId, Method = alive.Method, Endpoint = alive.Endpoint,
        };
    }
}
