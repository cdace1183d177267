using Azure;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.ResourceManager;
using Azure.ResourceManager.Resources;

namespace ImageCmdlets.SandboxServer.Tests.OtherClients;

/// <summary>A server whose time jumps, and the Azure SDK for .NET signed in to it as to a private cloud.</summary>
public sealed class AzureSdkSession : IDisposable
{
    private readonly ServerProcess _server = new("--speed", "max");
    private readonly SocketsHttpHandler _handler = new() { UseProxy = false };
    private readonly HttpClient _http;

    public AzureSdkSession()
    {
        _handler.SslOptions.CertificateChainPolicy = _server.CreateTrust();
        _http = new HttpClient(_handler);
        var address = new Uri(_server.Address + "/");
        var credential = new ClientSecretCredential("20000000-0000-4000-8000-000000000001", "sdk", "secret", new ClientSecretCredentialOptions
        {
            AuthorityHost = address,
            DisableInstanceDiscovery = true,
            Transport = new HttpClientTransport(_http),
        });
        var options = new ArmClientOptions { Environment = new ArmEnvironment(address, address.AbsoluteUri), Transport = new HttpClientTransport(_http) };
        Client = new ArmClient(credential, "10000000-0000-4000-8000-000000000001", options);
    }

    /// <summary>The SDK.</summary>
    public ArmClient Client { get; }

    /// <summary>Makes a group.</summary>
    public async Task<ResourceGroupResource> CreateGroupAsync(string name, CancellationToken cancellationToken)
    {
        SubscriptionResource subscription = await Client.GetDefaultSubscriptionAsync(cancellationToken);
        ArmOperation<ResourceGroupResource> made = await subscription.GetResourceGroups().CreateOrUpdateAsync(
            WaitUntil.Completed, name, new ResourceGroupData("westeurope"), cancellationToken);
        return made.Value;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _http.Dispose();
        _handler.Dispose();
        _server.Dispose();
    }
}
