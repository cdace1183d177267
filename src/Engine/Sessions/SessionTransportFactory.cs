using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Azure.Core.Pipeline;
using Azure.ResourceManager;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Sessions;

/// <summary>Chooses endpoint, transport and clock for what Connect-ImageSession was asked for.</summary>
internal static class SessionTransportFactory
{
    /// <exception cref="ImageCmdletsException">InvalidEndpoint: not an https address on loopback, or the certificate cannot be read.
    /// SandboxStateInUse, InvalidSandboxState: the file of a sandbox's state cannot be had.
    /// SandboxRequired, NotConnected: the session whose sandbox is wanted has none, or is closed.</exception>
    public static SessionTransport Create(ConnectOptions options)
    {
        if (options.Method == AuthenticationMethod.Sandbox)
            return OfSandbox(options);

        if (options.Endpoint is not null)
            return OfEndpoint(options.Endpoint, options.EndpointCertificatePath);

        ArmEnvironment environment = options.Environment switch
        {
            AzureEnvironment.AzureUSGovernment => ArmEnvironment.AzureGovernment,
            AzureEnvironment.AzureChinaCloud => ArmEnvironment.AzureChina,
            _ => ArmEnvironment.AzurePublicCloud,
        };
        return new SessionTransport(environment, new HttpClientTransport(), TimeProvider.System) { Seed = Environment.TickCount };
    }

    private static SessionTransport OfSandbox(ConnectOptions options)
    {
        SharedSandbox share = options.SandboxSession is { } other ? ShareOf(other).Hold() : new SharedSandbox(SandboxOpener.Open(options));
        ArmSandbox sandbox = share.Sandbox;
        var client = new HttpClient(new SandboxMessageHandler(sandbox)) { Timeout = Timeout.InfiniteTimeSpan };
        return new SessionTransport(ArmEnvironment.AzurePublicCloud, new HttpClientTransport(client), sandbox.Clock, sandbox) { Seed = options.Seed, Share = share };
    }

    private static SharedSandbox ShareOf(ImageSession session) => EngineSession.Of(session).Share
        ?? throw new ImageCmdletsException(ErrorIds.SandboxRequired, $"The session '{session}' is not a sandbox session.", session);

    private static SessionTransport OfEndpoint(Uri endpoint, string? certificatePath)
    {
        if (!endpoint.IsAbsoluteUri || endpoint.Scheme != Uri.UriSchemeHttps || !endpoint.IsLoopback)
            throw new ImageCmdletsException(ErrorIds.InvalidEndpoint, $"'{endpoint}' is not an https address on loopback.", endpoint);

        var handler = new HttpClientHandler { AllowAutoRedirect = false, UseProxy = false };
        if (certificatePath is not null)
        {
            X509Certificate2 pinned = ReadCertificate(certificatePath);
            handler.ServerCertificateCustomValidationCallback = (_, shown, _, errors) => IsTrusted(shown, pinned, errors);
        }

        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var environment = new ArmEnvironment(new Uri(endpoint.GetLeftPart(UriPartial.Authority)), endpoint.GetLeftPart(UriPartial.Authority));
        return new SessionTransport(environment, new HttpClientTransport(client), TimeProvider.System) { Seed = Environment.TickCount };
    }

    // The pinned certificate is the server's own or the only CA; a name that does not fit is refused in both cases.
    private static bool IsTrusted(X509Certificate2? shown, X509Certificate2 pinned, SslPolicyErrors errors)
    {
        if (shown is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
            return false;

        if (shown.Thumbprint == pinned.Thumbprint)
            return true;

        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ExtraStore.Add(pinned);
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        return chain.Build(shown) && chain.ChainElements[chain.ChainElements.Count - 1].Certificate.Thumbprint == pinned.Thumbprint;
    }

    private static X509Certificate2 ReadCertificate(string path)
    {
        try
        {
            // PEM is DER in base64 between two lines; netstandard2.0 reads DER only.
            string text = File.ReadAllText(path);
            const string begin = "-----BEGIN CERTIFICATE-----";
            int start = text.IndexOf(begin, StringComparison.Ordinal);
            byte[] der = start < 0
                ? File.ReadAllBytes(path)
                : Convert.FromBase64String(text.Substring(start + begin.Length, text.IndexOf("-----END", start, StringComparison.Ordinal) - start - begin.Length));
#if NET9_0_OR_GREATER
            return X509CertificateLoader.LoadCertificate(der);
#else
            return new X509Certificate2(der);
#endif
        }
        catch (Exception exception) when (exception is IOException or FormatException or ArgumentException or UnauthorizedAccessException
            or System.Security.Cryptography.CryptographicException)
        {
            throw new ImageCmdletsException(ErrorIds.InvalidEndpoint, $"The certificate '{path}' cannot be read: {exception.Message}", path,
                "Pass the PEM or DER file of the endpoint's certificate or of its CA.", exception);
        }
    }
}
