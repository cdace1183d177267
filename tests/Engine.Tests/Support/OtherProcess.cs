using Azure.Core;
using Azure.Core.Pipeline;
using Azure.ResourceManager;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Engine.Tests;

/// <summary>A second process that works with the same sandbox: a session with a pipeline and a memory of its own.</summary>
internal static class OtherProcess
{
    /// <param name="alive">A session of the sandbox.</param>
    /// <param name="handler">The way there, which ends at a <see cref="SandboxMessageHandler"/>.</param>
    public static ImageSession Open(ImageSession alive, DelegatingHandler handler)
    {
        EngineSession own = EngineSession.Of(alive);
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var connection = new SessionTransport(ArmEnvironment.AzurePublicCloud, new HttpClientTransport(client), own.Sandbox!.Clock, own.Sandbox);
        TokenCredential credential = CredentialFactory.Create(new ConnectOptions { Method = AuthenticationMethod.Sandbox }, tokenTransport: null);
        return new ImageSession(new EngineSession(connection, credential, alive.SubscriptionId) { OwnsConnection = false, TenantId = own.TenantId })
        {
            SessionId = alive.SessionId + 1, SubscriptionId = alive.SubscriptionId, Method = alive.Method, Endpoint = alive.Endpoint,
        };
    }
}
