namespace ImageCmdlets;

/// <summary>The Azure clouds, by the names that Connect-AzAccount uses.</summary>
public enum AzureEnvironment
{
    AzureCloud,
    AzureUSGovernment,
    AzureChinaCloud,
}
