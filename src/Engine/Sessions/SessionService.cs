using Azure.Core;
using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Sessions;

/// <summary>Opens and closes sessions.</summary>
public static class SessionService
{
    private static int s_lastId;

    /// <summary>Signs in, finds the subscription, and gives the session. Nothing is kept anywhere else.</summary>
    /// <param name="options">How to sign in and where.</param>
    /// <param name="sink">Verbose lines and warnings.</param>
    /// <param name="cancellationToken">Stops the sign-in.</param>
    /// <exception cref="ImageCmdletsException">InvalidEndpoint, SandboxStateInUse, InvalidSandboxState, AuthenticationFailed,
    /// SubscriptionNotFound, ConnectionFailed.</exception>
    public static async Task<ImageSession> ConnectAsync(ConnectOptions options, IOperationSink sink, CancellationToken cancellationToken)
    {
        SessionTransport connection = SessionTransportFactory.Create(options);
        TokenCredential credential = CredentialFactory.Create(options, tokenTransport: null);
        connection = connection with { AuxiliaryTokens = CredentialFactory.AuxiliaryTokens(options, credential, connection.Environment) };
        using var probe = new EngineSession(connection, credential, options.SubscriptionId ?? string.Empty) { OwnsConnection = false };
        SubscriptionInfo subscription;
        try
        {
            subscription = await SubscriptionFinder.FindAsync(new ArmGateway(probe, sink), options.SubscriptionId ?? connection.Sandbox?.SubscriptionId, sink, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // It would hold its state file for ever.
            connection.Sandbox?.Dispose();
            if (exception is ImageCmdletsException or OperationCanceledException)
                throw;

            throw ArmFailure.Translate(exception, null) ?? new ImageCmdletsException(ErrorIds.UnexpectedFailure, exception.Message, null, null, exception);
        }

        return new ImageSession(new EngineSession(connection, credential, subscription.Id))
        {
            SessionId = Interlocked.Increment(ref s_lastId),
            SubscriptionId = subscription.Id,
            SubscriptionName = subscription.Name,
            TenantId = subscription.TenantId ?? options.Tenant,
            Account = CredentialFactory.Describe(options),
            Method = options.Method,
            Environment = options.Environment,
            Endpoint = connection.Environment.Endpoint,
        };
    }

    /// <summary>Ends a session; whoever still holds it gets NotConnected.</summary>
    public static void Disconnect(ImageSession session)
    {
        if (!session.IsConnected)
            return;

        EngineSession engine = EngineSession.Of(session);
        session.IsConnected = false;
        engine.Dispose();
    }
}
