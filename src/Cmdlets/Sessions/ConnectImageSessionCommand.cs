using System.Management.Automation;
using System.Security;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Commands;

/// <summary>Opens a session: to Azure, to an ARM endpoint on loopback, or to the built-in sandbox.</summary>
[Cmdlet(VerbsCommunications.Connect, "ImageSession", DefaultParameterSetName = SetDefault)]
[OutputType(typeof(ImageSession))]
public sealed class ConnectImageSessionCommand : ImageCmdletBase
{
    private const string SetDefault = "Default";
    private const string SetSandbox = "Sandbox";
    private const string SetSandboxSession = "SandboxSession";
    private const string SetIdentity = "Identity";
    private const string SetSecret = "ServicePrincipalSecret";
    private const string SetCertificateFile = "ServicePrincipalCertificateFile";
    private const string SetCertificateStore = "ServicePrincipalCertificate";
    private const string SetFederated = "FederatedToken";
    private const string SetToken = "AccessToken";
    private const string SetAzCli = "AzureCli";
    private const string SetAzPowerShell = "AzurePowerShell";
    private const string SetDeviceCode = "DeviceCode";
    private const string SetBrowser = "Browser";

    /// <summary>The built-in sandbox: Azure Resource Manager as a model in this process. Nothing leaves the machine.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SetSandbox)]
    public SwitchParameter Sandbox { get; set; }

    /// <summary>The file that keeps the sandbox's state from one session to the next.</summary>
    [Parameter(ParameterSetName = SetSandbox)]
    [ValidateNotNullOrEmpty]
    public string? StatePath { get; set; }

    /// <summary>The session whose sandbox is signed in to once more: with <c>-Tenant</c> in its other tenant.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SetSandboxSession)]
    [ValidateNotNull]
    public ImageSession? SandboxSession { get; set; }

    /// <summary>Whom to sign in: the object id of somebody who has only the roles that Grant-ImageAccess assigned.</summary>
    [Parameter(ParameterSetName = SetSandboxSession)]
    public Guid? PrincipalId { get; set; }

    /// <summary>Decides every id the sandbox makes up.</summary>
    [Parameter(ParameterSetName = SetSandbox)]
    public int Seed { get; set; }

    /// <summary>Sign in as the machine's managed identity.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SetIdentity)]
    public SwitchParameter Identity { get; set; }

    /// <summary>Sign in as an application.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SetSecret)]
    [Parameter(Mandatory = true, ParameterSetName = SetCertificateFile)]
    [Parameter(Mandatory = true, ParameterSetName = SetCertificateStore)]
    public SwitchParameter ServicePrincipal { get; set; }

    /// <summary>The application's client id as user name, its secret as password.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SetSecret)]
    [ValidateNotNull]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>A PFX file with the application's certificate.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SetCertificateFile)]
    [ValidateNotNullOrEmpty]
    public string? CertificatePath { get; set; }

    /// <summary>The password of the PFX file.</summary>
    [Parameter(ParameterSetName = SetCertificateFile)]
    public SecureString? CertificatePassword { get; set; }

    /// <summary>The thumbprint of the application's certificate in the user's or machine's store.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SetCertificateStore)]
    [ValidateNotNullOrEmpty]
    public string? CertificateThumbprint { get; set; }

    /// <summary>The file with the token of another identity provider, read anew each time.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SetFederated)]
    [ValidateNotNullOrEmpty]
    public string? FederatedTokenFile { get; set; }

    /// <summary>A token for Azure Resource Manager that you already have.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SetToken)]
    [ValidateNotNull]
    public SecureString? AccessToken { get; set; }

    /// <summary>Use the sign-in of the Azure CLI.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SetAzCli)]
    public SwitchParameter UseAzCli { get; set; }

    /// <summary>Use the sign-in of the Az module.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SetAzPowerShell)]
    public SwitchParameter UseAzPowerShell { get; set; }

    /// <summary>Sign in with a code that you type into a browser anywhere.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SetDeviceCode)]
    public SwitchParameter UseDeviceCode { get; set; }

    /// <summary>Sign in with a browser on this machine.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SetBrowser)]
    public SwitchParameter UseBrowser { get; set; }

    /// <summary>The client id of the application or of the user-assigned identity.</summary>
    [Parameter(ParameterSetName = SetDefault)]
    [Parameter(ParameterSetName = SetIdentity)]
    [Parameter(Mandatory = true, ParameterSetName = SetCertificateFile)]
    [Parameter(Mandatory = true, ParameterSetName = SetCertificateStore)]
    [Parameter(Mandatory = true, ParameterSetName = SetFederated)]
    [Parameter(ParameterSetName = SetDeviceCode)]
    [Parameter(ParameterSetName = SetBrowser)]
    [Alias("ApplicationId")]
    [ValidateNotNullOrEmpty]
    public string? ClientId { get; set; }

    /// <summary>The tenant, as GUID or domain.</summary>
    [Parameter]
    [Alias("TenantId")]
    [ValidateNotNullOrEmpty]
    public string? Tenant { get; set; }

    /// <summary>The session's subscription; without it the only one, or the first by name with a warning.</summary>
    [Parameter]
    [Alias("Subscription")]
    [ValidateNotNullOrEmpty]
    public string? SubscriptionId { get; set; }

    /// <summary>The Azure cloud.</summary>
    [Parameter]
    public AzureEnvironment Environment { get; set; }

    /// <summary>Further tenants whose tokens go along, for what spans tenants.</summary>
    [Parameter]
    [ValidateCount(1, 3)]
    public string[] AuxiliaryTenantId { get; set; } = [];

    /// <summary>An ARM endpoint on loopback instead of a cloud's.</summary>
    [Parameter(ParameterSetName = SetDefault)]
    [Parameter(ParameterSetName = SetToken)]
    public Uri? Endpoint { get; set; }

    /// <summary>The PEM or DER file of the endpoint's certificate or of its CA: nothing else is trusted there.</summary>
    [Parameter(ParameterSetName = SetDefault)]
    [Parameter(ParameterSetName = SetToken)]
    [ValidateNotNullOrEmpty]
    public string? EndpointCertificatePath { get; set; }

    /// <summary>Do not make this the runspace's default session.</summary>
    [Parameter]
    public SwitchParameter NotDefault { get; set; }

    protected override void ProcessRecord()
    {
        ImageSession? session = null;
        IOperationSink? said = null;
        ConnectOptions options = Options(message =>
        {
            // A warning, because nobody could sign in without having read it.
            said?.Warning(message);
            return Task.CompletedTask;
        });
        Run(async (sink, token) =>
        {
            said = sink;
            session = await SessionService.ConnectAsync(options, sink, token).ConfigureAwait(false);
        });
        if (session is null)
            return;

        SessionStore.Current?.Add(session, asDefault: !NotDefault);
        WriteObject(session);
    }

    private ConnectOptions Options(Func<string, Task> prompt) => new()
    {
        Method = MethodOf(ParameterSetName),
        Environment = Environment,
        Tenant = Tenant,
        SubscriptionId = SubscriptionId,
        ClientId = Credential?.UserName ?? ClientId,
        ClientSecret = Credential?.Password,
        CertificatePath = FullPath(CertificatePath),
        CertificatePassword = CertificatePassword,
        CertificateThumbprint = CertificateThumbprint,
        FederatedTokenFile = FullPath(FederatedTokenFile),
        AccessToken = AccessToken,
        AuxiliaryTenantId = AuxiliaryTenantId,
        Endpoint = Endpoint,
        EndpointCertificatePath = FullPath(EndpointCertificatePath),
        SandboxSession = SandboxSession,
        PrincipalId = PrincipalId?.ToString("D"),
        StatePath = FullPath(StatePath),
        Seed = Seed,
        DeviceCodePrompt = prompt,
    };

    // The engine does not know PowerShell's current location, only the process's.
    private string? FullPath(string? path) => path is null ? null : GetUnresolvedProviderPathFromPSPath(path);

    private static AuthenticationMethod MethodOf(string parameterSet) => parameterSet switch
    {
        SetSandbox or SetSandboxSession => AuthenticationMethod.Sandbox,
        SetIdentity => AuthenticationMethod.ManagedIdentity,
        SetSecret => AuthenticationMethod.ServicePrincipalSecret,
        SetCertificateFile or SetCertificateStore => AuthenticationMethod.ServicePrincipalCertificate,
        SetFederated => AuthenticationMethod.FederatedToken,
        SetToken => AuthenticationMethod.AccessToken,
        SetAzCli => AuthenticationMethod.AzureCli,
        SetAzPowerShell => AuthenticationMethod.AzurePowerShell,
        SetDeviceCode => AuthenticationMethod.DeviceCode,
        SetBrowser => AuthenticationMethod.Browser,
        _ => AuthenticationMethod.Default,
    };
}
