using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.ResourceManager;

namespace ImageCmdlets.Engine.Sessions;

/// <summary>Makes the Azure.Identity credential for a way to sign in.</summary>
internal static class CredentialFactory
{
    /// <param name="options">How to sign in.</param>
    /// <param name="tokenTransport">Where token requests go; null: to Microsoft Entra. Tests watch them through this.</param>
    public static TokenCredential Create(ConnectOptions options, HttpPipelineTransport? tokenTransport) => options.Method switch
    {
        AuthenticationMethod.Sandbox => new SandboxCredential(options.Tenant, options.PrincipalId),
        AuthenticationMethod.AccessToken => new StaticTokenCredential(SecretText.Reveal(Required(options.AccessToken, nameof(options.AccessToken)))),
        AuthenticationMethod.Default when options.Endpoint is not null => new StaticTokenCredential("sandbox-token"),
        AuthenticationMethod.Default => new DefaultAzureCredential(With(new DefaultAzureCredentialOptions
        {
            TenantId = options.Tenant,
            ManagedIdentityClientId = options.ClientId,
            ExcludeInteractiveBrowserCredential = true,
        }, options, tokenTransport)),
        AuthenticationMethod.ManagedIdentity => new ManagedIdentityCredential(With(new ManagedIdentityCredentialOptions(
            options.ClientId is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(options.ClientId)), options, tokenTransport)),
        AuthenticationMethod.ServicePrincipalSecret => new ClientSecretCredential(
            Required(options.Tenant, nameof(options.Tenant)), Required(options.ClientId, nameof(options.ClientId)),
            SecretText.Reveal(Required(options.ClientSecret, nameof(options.ClientSecret))), With(new ClientSecretCredentialOptions(), options, tokenTransport)),
        AuthenticationMethod.ServicePrincipalCertificate => new ClientCertificateCredential(
            Required(options.Tenant, nameof(options.Tenant)), Required(options.ClientId, nameof(options.ClientId)),
            CertificateOf(options), With(new ClientCertificateCredentialOptions(), options, tokenTransport)),
        AuthenticationMethod.FederatedToken => new WorkloadIdentityCredential(With(new WorkloadIdentityCredentialOptions
        {
            TenantId = Required(options.Tenant, nameof(options.Tenant)),
            ClientId = Required(options.ClientId, nameof(options.ClientId)),
            TokenFilePath = Required(options.FederatedTokenFile, nameof(options.FederatedTokenFile)),
        }, options, tokenTransport)),
        AuthenticationMethod.AzureCli => new AzureCliCredential(With(new AzureCliCredentialOptions { TenantId = options.Tenant }, options, tokenTransport)),
        AuthenticationMethod.AzurePowerShell => new AzurePowerShellCredential(
            With(new AzurePowerShellCredentialOptions { TenantId = options.Tenant }, options, tokenTransport)),
        AuthenticationMethod.DeviceCode => new DeviceCodeCredential(With(new DeviceCodeCredentialOptions
        {
            TenantId = options.Tenant,
            ClientId = options.ClientId,
            DeviceCodeCallback = (code, _) => options.DeviceCodePrompt?.Invoke(code.Message) ?? Task.CompletedTask,
        }, options, tokenTransport)),
        AuthenticationMethod.Browser => new InteractiveBrowserCredential(
            With(new InteractiveBrowserCredentialOptions { TenantId = options.Tenant, ClientId = options.ClientId }, options, tokenTransport)),
        _ => throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"There is no way to sign in called '{options.Method}'.", options.Method),
    };

    /// <summary>The policy that sends tokens of further tenants along; null where none are asked for.</summary>
    public static HttpPipelinePolicy? AuxiliaryTokens(ConnectOptions options, TokenCredential credential, ArmEnvironment environment) =>
        options.AuxiliaryTenantId.Count == 0 ? null : new AuxiliaryTokenPolicy(credential, environment.DefaultScope, options.AuxiliaryTenantId);

    /// <summary>Who signs in, as far as it is known without asking.</summary>
    public static string Describe(ConnectOptions options) => options.Method switch
    {
        AuthenticationMethod.Sandbox => options.PrincipalId ?? "sandbox",
        AuthenticationMethod.AccessToken => "access token",
        AuthenticationMethod.Default when options.Endpoint is not null => "loopback endpoint",
        _ => options.ClientId ?? options.Method.ToString(),
    };

    private static T With<T>(T credentialOptions, ConnectOptions options, HttpPipelineTransport? tokenTransport)
        where T : TokenCredentialOptions
    {
        credentialOptions.AuthorityHost = options.Environment switch
        {
            AzureEnvironment.AzureUSGovernment => AzureAuthorityHosts.AzureGovernment,
            AzureEnvironment.AzureChinaCloud => AzureAuthorityHosts.AzureChina,
            _ => AzureAuthorityHosts.AzurePublicCloud,
        };
        credentialOptions.Diagnostics.IsLoggingEnabled = false;
        if (tokenTransport is not null)
            credentialOptions.Transport = tokenTransport;
        if (credentialOptions is DefaultAzureCredentialOptions { } @default)
            AddTenants(@default.AdditionallyAllowedTenants, options);
        else if (credentialOptions is ClientSecretCredentialOptions { } secret)
            AddTenants(secret.AdditionallyAllowedTenants, options);
        else if (credentialOptions is ClientCertificateCredentialOptions { } certificate)
            AddTenants(certificate.AdditionallyAllowedTenants, options);
        else if (credentialOptions is AzureCliCredentialOptions { } cli)
            AddTenants(cli.AdditionallyAllowedTenants, options);
        return credentialOptions;
    }

    private static void AddTenants(IList<string> allowed, ConnectOptions options)
    {
        foreach (string tenant in options.AuxiliaryTenantId)
            allowed.Add(tenant);
    }

    private static X509Certificate2 CertificateOf(ConnectOptions options)
    {
        if (options.CertificatePath is { } path)
        {
            try
            {
#if NET9_0_OR_GREATER
                return X509CertificateLoader.LoadPkcs12FromFile(path, SecretText.Reveal(options.CertificatePassword));
#else
                return new X509Certificate2(path, SecretText.Reveal(options.CertificatePassword));
#endif
            }
            catch (Exception exception) when (exception is IOException or System.Security.Cryptography.CryptographicException)
            {
                throw new ImageCmdletsException(ErrorIds.AuthenticationFailed, $"The certificate '{path}' cannot be opened: {exception.Message}", path,
                    "Pass a PFX file, with its password in -CertificatePassword.", exception);
            }
        }

        string thumbprint = Required(options.CertificateThumbprint, nameof(options.CertificateThumbprint));
        foreach (StoreLocation location in new[] { StoreLocation.CurrentUser, StoreLocation.LocalMachine })
        {
            if (FindInStore(location, thumbprint) is { } found)
                return found;
        }

        throw new ImageCmdletsException(ErrorIds.AuthenticationFailed, $"No certificate with the thumbprint '{thumbprint}' is in the store 'My'.", thumbprint,
            "Import the certificate with its private key, or pass -CertificatePath.");
    }

    private static X509Certificate2? FindInStore(StoreLocation location, string thumbprint)
    {
        try
        {
            using var store = new X509Store(StoreName.My, location);
            store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            return store.Certificates.Find(X509FindType.FindByThumbprint, thumbprint, validOnly: false).OfType<X509Certificate2>().FirstOrDefault();
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // The machine has no such store (LocalMachine on Linux).
            return null;
        }
    }

    private static T Required<T>(T? value, string name)
        where T : class =>
        value ?? throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"{name} is needed for this way to sign in.", name);
}
