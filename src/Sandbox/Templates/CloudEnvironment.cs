using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Templates;

/// <summary>
/// What <c>environment()</c> answers: Azure's public cloud, as the reference of deployment functions shows it. A server of the
/// sandbox listens elsewhere; templates ask for names, and those are the public cloud's.
/// </summary>
internal static class CloudEnvironment
{
    public static JsonObject Show() => new()
    {
        ["name"] = "AzureCloud",
        ["gallery"] = "https://gallery.azure.com/",
        ["graph"] = "https://graph.windows.net/",
        ["portal"] = "https://portal.azure.com",
        ["graphAudience"] = "https://graph.windows.net/",
        ["activeDirectoryDataLake"] = "https://datalake.azure.net/",
        ["batch"] = "https://batch.core.windows.net/",
        ["media"] = "https://rest.media.azure.net",
        ["sqlManagement"] = "https://management.core.windows.net:8443/",
        ["vmImageAliasDoc"] = "https://raw.githubusercontent.com/Azure/azure-rest-api-specs/master/arm-compute/quickstart-templates/aliases.json",
        ["resourceManager"] = "https://management.azure.com/",
        ["authentication"] = new JsonObject
        {
            ["loginEndpoint"] = "https://login.microsoftonline.com/",
            ["audiences"] = new JsonArray("https://management.core.windows.net/", "https://management.azure.com/"),
            ["tenant"] = "common",
            ["identityProvider"] = "AAD",
        },
        ["suffixes"] = new JsonObject
        {
            ["acrLoginServer"] = ".azurecr.io",
            ["azureDatalakeAnalyticsCatalogAndJob"] = "azuredatalakeanalytics.net",
            ["azureDatalakeStoreFileSystem"] = "azuredatalakestore.net",
            ["azureFrontDoorEndpointSuffix"] = "azurefd.net",
            ["keyvaultDns"] = ".vault.azure.net",
            ["sqlServerHostname"] = ".database.windows.net",
            ["storage"] = "core.windows.net",
        },
    };
}
