using System.Net;
using System.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Engine.Tests.Sessions;

/// <summary>Each way to sign in, up to the request for the token: nobody can be signed in here.</summary>
public sealed class CredentialFactoryTests
{
    private const string Tenant = "11111111-2222-3333-4444-555555555555";
    private const string ClientId = "99999999-8888-7777-6666-555555555555";
    private const string Scope = "https://management.azure.com/.default";

    [Fact]
    public async Task AServicePrincipalSendsItsSecretToItsTenant()
    {
        TokenEndpoint endpoint = await AskAsync(new ConnectOptions
        {
            Method = AuthenticationMethod.ServicePrincipalSecret,
            Tenant = Tenant,
            ClientId = ClientId,
            ClientSecret = Secret("the secret"),
        });

        Assert.Equal($"/{Tenant}/oauth2/v2.0/token", endpoint.TokenRequest.Uri.AbsolutePath);
        Assert.Contains("grant_type=client_credentials", endpoint.TokenRequest.Body, StringComparison.Ordinal);
        Assert.Contains("client_id=" + ClientId, endpoint.TokenRequest.Body, StringComparison.Ordinal);
        Assert.Matches("client_secret=the(\\+|%20)secret", endpoint.TokenRequest.Body);
        Assert.Contains(Scope, WebUtility.UrlDecode(endpoint.TokenRequest.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACertificateSignsAnAssertionInsteadOfSendingASecret()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".pfx");
        try
        {
            await File.WriteAllBytesAsync(path, SelfSigned("pass"), TestContext.Current.CancellationToken);
            TokenEndpoint endpoint = await AskAsync(new ConnectOptions
            {
                Method = AuthenticationMethod.ServicePrincipalCertificate,
                Tenant = Tenant,
                ClientId = ClientId,
                CertificatePath = path,
                CertificatePassword = Secret("pass"),
            });

            Assert.Contains("client_assertion=", endpoint.TokenRequest.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("client_secret", endpoint.TokenRequest.Body, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void ACertificateThatCannotBeOpenedIsAuthenticationFailed()
    {
        var options = new ConnectOptions
        {
            Method = AuthenticationMethod.ServicePrincipalCertificate, Tenant = Tenant, ClientId = ClientId, CertificatePath = "/nowhere/app.pfx",
        };

        ImageCmdletsException error = Assert.Throws<ImageCmdletsException>(() => CredentialFactory.Create(options, null));

        Assert.Equal(ErrorIds.AuthenticationFailed, error.ErrorId);
        Assert.Equal("/nowhere/app.pfx", error.Target);
    }

    [Fact]
    public void AThumbprintThatIsNowhereIsAuthenticationFailed()
    {
        var options = new ConnectOptions
        {
            Method = AuthenticationMethod.ServicePrincipalCertificate, Tenant = Tenant, ClientId = ClientId, CertificateThumbprint = "00AA",
        };

        ImageCmdletsException error = Assert.Throws<ImageCmdletsException>(() => CredentialFactory.Create(options, null));

        Assert.Equal(ErrorIds.AuthenticationFailed, error.ErrorId);
        Assert.Equal("00AA", error.Target);
    }

    [Fact]
    public async Task AFederatedTokenIsReadFromItsFile()
    {
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, "token-of-the-pipeline", TestContext.Current.CancellationToken);
            TokenEndpoint endpoint = await AskAsync(new ConnectOptions
            {
                Method = AuthenticationMethod.FederatedToken, Tenant = Tenant, ClientId = ClientId, FederatedTokenFile = path,
            });

            Assert.Contains("client_assertion=token-of-the-pipeline", endpoint.TokenRequest.Body, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task AManagedIdentityAsksTheMachine()
    {
        TokenEndpoint endpoint = await AskAsync(new ConnectOptions { Method = AuthenticationMethod.ManagedIdentity, ClientId = ClientId });

        (HttpMethod method, Uri uri, _) = endpoint.TokenRequest;
        Assert.Equal(HttpMethod.Get, method);
        Assert.Equal("169.254.169.254", uri.Host);
        Assert.Contains("client_id=" + ClientId, uri.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAccessTokenIsUsedAsItIs()
    {
        TokenCredential credential = CredentialFactory.Create(
            new ConnectOptions { Method = AuthenticationMethod.AccessToken, AccessToken = Secret("mine") }, null);

        AccessToken token = await credential.GetTokenAsync(new TokenRequestContext([Scope]), TestContext.Current.CancellationToken);

        Assert.Equal("mine", token.Token);
    }

    [Theory]
    [InlineData(AuthenticationMethod.Default, "DefaultAzureCredential")]
    [InlineData(AuthenticationMethod.AzureCli, "AzureCliCredential")]
    [InlineData(AuthenticationMethod.AzurePowerShell, "AzurePowerShellCredential")]
    [InlineData(AuthenticationMethod.DeviceCode, "DeviceCodeCredential")]
    [InlineData(AuthenticationMethod.Browser, "InteractiveBrowserCredential")]
    public void TheOtherWaysUseTheLibrarysCredential(AuthenticationMethod method, string credential) =>
        Assert.Equal(credential, CredentialFactory.Create(new ConnectOptions { Method = method }, null).GetType().Name);

    [Fact]
    public void WhatIsMissingIsNamed()
    {
        ImageCmdletsException error = Assert.Throws<ImageCmdletsException>(
            () => CredentialFactory.Create(new ConnectOptions { Method = AuthenticationMethod.ServicePrincipalSecret, ClientId = ClientId }, null));

        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Equal("Tenant", error.Target);
    }

    private static async Task<TokenEndpoint> AskAsync(ConnectOptions options)
    {
        var endpoint = new TokenEndpoint();
        using var client = new HttpClient(endpoint);
        TokenCredential credential = CredentialFactory.Create(options, new HttpClientTransport(client));
        AccessToken token = await credential.GetTokenAsync(new TokenRequestContext([Scope]), TestContext.Current.CancellationToken);
        Assert.Equal("token-of-the-endpoint", token.Token);
        return endpoint;
    }

    private static SecureString Secret(string text)
    {
        var secret = new SecureString();
        foreach (char c in text)
            secret.AppendChar(c);
        return secret;
    }

    private static byte[] SelfSigned(string password)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=app", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return certificate.Export(X509ContentType.Pfx, password);
    }
}
