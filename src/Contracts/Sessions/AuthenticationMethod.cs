namespace ImageCmdlets;

/// <summary>How a session signs in.</summary>
public enum AuthenticationMethod
{
    /// <summary>The first of environment, workload identity, managed identity, Azure CLI, Azure PowerShell that works.</summary>
    Default,
    ManagedIdentity,
    ServicePrincipalSecret,
    ServicePrincipalCertificate,
    FederatedToken,
    AccessToken,
    AzureCli,
    AzurePowerShell,
    DeviceCode,
    Browser,

    /// <summary>The built-in sandbox: nobody signs in.</summary>
    Sandbox,
}
