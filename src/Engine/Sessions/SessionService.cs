using Azure.Core;
using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Sessions;

/// <summary>Opens and closes sessions.</summary>
public static class SessionService
{
    // "Authenticate requests across tenants" of Microsoft's documentation.
    private const int MostAuxiliaryTenants = 3;
    private static int s_lastId;

    /// <summary>Signs in, finds the subscription, and gives the session. Nothing is kept anywhere else.</summary>
    /// <param name="options">How to sign in and where.</param>
    /// <param name="sink">Verbose lines and warnings.</param>
    /// <param name="cancellationToken">Stops the sign-in.</param>
    /// <exception cref="ImageCmdletsException">InvalidEndpoint, SandboxStateInUse, InvalidSandboxState, AuthenticationFailed,
    /// SubscriptionNotFound, ConnectionFailed, SandboxRequired; InvalidArgument: more further tenants than Azure takes tokens of.</exception>
    public static async Task<ImageSession> ConnectAsync(ConnectOptions options, IOperationSink sink, CancellationToken cancellationToken)
    {
        if (options.AuxiliaryTenantId.Count > MostAuxiliaryTenants)
        {
            throw new ImageCmdletsException(ErrorIds.InvalidArgument,
                $"Azure takes tokens of {MostAuxiliaryTenants} further tenants at most, not of {options.AuxiliaryTenantId.Count}.", options.AuxiliaryTenantId);
        }

        SessionTransport connection = SessionTransportFactory.Create(options);
        TokenCredential credential = CredentialFactory.Create(options, tokenTransport: null);
        connection = connection with { AuxiliaryTokens = CredentialFactory.AuxiliaryTokens(options, credential, connection.Environment) };
        using var probe = new EngineSession(connection, credential, options.SubscriptionId ?? string.Empty) { OwnsConnection = false };
        SubscriptionInfo subscription;
        try
        {
            subscription = await SubscriptionFinder.FindAsync(new ArmGateway(probe, sink), options.SubscriptionId ?? HomeOf(options, connection), sink, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // It would hold its state file for ever.
            connection.Share?.Release();
            if (exception is ImageCmdletsException or OperationCanceledException)
                throw;

            throw ArmFailure.Translate(exception, null) ?? new ImageCmdletsException(ErrorIds.UnexpectedFailure, exception.Message, null, null, exception);
        }

        string? tenant = subscription.TenantId ?? options.Tenant;
        return new ImageSession(new EngineSession(connection, credential, subscription.Id) { TenantId = tenant, AuxiliaryTenantId = options.AuxiliaryTenantId })
        {
            SessionId = Interlocked.Increment(ref s_lastId),
            SubscriptionId = subscription.Id,
            SubscriptionName = subscription.Name,
            TenantId = tenant,
            Account = CredentialFactory.Describe(options),
            Method = options.Method,
            Environment = options.Environment,
            Endpoint = connection.Environment.Endpoint,
        };
    }

    // The sandbox's other tenant has subscriptions of its own, and who is not its owner sees only those where roles were assigned.
    private static string? HomeOf(ConnectOptions options, SessionTransport connection) =>
        options.PrincipalId is not null ? null :
        options.Tenant is null || EngineSession.SameTenant(options.Tenant, connection.Sandbox?.TenantId) ? connection.Sandbox?.SubscriptionId : null;

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
