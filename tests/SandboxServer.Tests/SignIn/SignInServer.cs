namespace ImageCmdlets.SandboxServer.Tests.SignIn;

/// <summary>A server at the speed of the machine's clock, and a client of it.</summary>
public sealed class SignInServer : IDisposable
{
    private readonly ServerProcess _process = new("--speed", "1");

    public SignInServer() => Client = _process.CreateClient();

    public HttpClient Client { get; }

    public string Address => _process.Address;

    public void Dispose()
    {
        Client.Dispose();
        _process.Dispose();
    }
}
