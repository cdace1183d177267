using System.Security;

namespace ImageCmdlets;

/// <summary>What Connect-ImageSession was asked for.</summary>
/// <remarks>A class, not a record: a record's ToString would print the secrets' types and invite printing more.</remarks>
public sealed class ConnectOptions
{
    public AuthenticationMethod Method { get; init; } = AuthenticationMethod.Default;

    public AzureEnvironment Environment { get; init; } = AzureEnvironment.AzureCloud;

    /// <summary>Tenant GUID or domain.</summary>
    public string? Tenant { get; init; }

    /// <summary>The session's subscription; null: the only one, or the first by name with a warning.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>Application or managed identity.</summary>
    public string? ClientId { get; init; }

    public SecureString? ClientSecret { get; init; }

    /// <summary>A PFX or PEM file.</summary>
    public string? CertificatePath { get; init; }

    public SecureString? CertificatePassword { get; init; }

    /// <summary>A certificate of the user's or the machine's store.</summary>
    public string? CertificateThumbprint { get; init; }

    /// <summary>The file that holds the federated token, read anew each time a token is asked for.</summary>
    public string? FederatedTokenFile { get; init; }

    public SecureString? AccessToken { get; init; }

    /// <summary>Further tenants whose tokens go along, for what spans tenants.</summary>
    public IReadOnlyList<string> AuxiliaryTenantId { get; init; } = [];

    /// <summary>An ARM endpoint on loopback instead of a cloud's.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>A PEM or DER file: the only certificate, or the only CA, that <see cref="Endpoint"/> may show.</summary>
    public string? EndpointCertificatePath { get; init; }

    /// <summary>A session whose sandbox the new one uses too; null: a sandbox of its own.</summary>
    public ImageSession? SandboxSession { get; init; }

    /// <summary>Whom to sign in at the sandbox: the object id of somebody with only the roles that were assigned. Null: the owner.</summary>
    public string? PrincipalId { get; init; }

    /// <summary>Where the sandbox keeps its state; null: in memory.</summary>
    public string? StatePath { get; init; }

    /// <summary>Decides every id the sandbox makes.</summary>
    public int Seed { get; init; }

    /// <summary>Called with the message that tells the user where to type the device code.</summary>
    public Func<string, Task>? DeviceCodePrompt { get; init; }
}
