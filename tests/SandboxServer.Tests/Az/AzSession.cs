namespace ImageCmdlets.SandboxServer.Tests.Az;

/// <summary>A server whose time jumps, and az signed in to it. Nothing starts where there is no az.</summary>
public abstract class AzSession : IAsyncLifetime
{
    private ServerProcess? _server;
    private AzClient? _client;

    internal ServerProcess Server => _server ?? throw new InvalidOperationException(AzClient.WhyNot);

    internal AzClient Client => _client ?? throw new InvalidOperationException(AzClient.WhyNot);

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        if (AzClient.WhyNot is not null) return;
        _server = new ServerProcess("--speed", "max");
        _client = new AzClient(_server);
        await _client.RegisterAsync(_server.Address);
        await PrepareAsync();
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        _client?.Dispose();
        _server?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>What happens before the first test.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;
}
