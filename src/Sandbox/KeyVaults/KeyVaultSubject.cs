using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.KeyVaults;

/// <summary>Key vaults as resources: what encryption sets name and roles are assigned on. There are no keys or secrets in them.</summary>
internal sealed class KeyVaultSubject : IResourceSubject
{
    private const string Namespace = "Microsoft.KeyVault";
    private const string Type = $"{Namespace}/vaults";
    private const int RetentionDays = 90;

    private static readonly string[] s_versions =
    [
        "2024-11-01", "2023-07-01", "2023-02-01", "2022-11-01", "2022-07-01", "2021-10-01", "2019-09-01", "2018-02-14",
        "2016-10-01", "2015-06-01",
    ];

    private static readonly string[] s_settings =
    [
        "sku", "tenantId", "networkAcls", "accessPolicies", "enabledForDeployment", "enabledForDiskEncryption",
        "enabledForTemplateDeployment", "enableSoftDelete", "softDeleteRetentionInDays", "enableRbacAuthorization",
        "enablePurgeProtection", "publicNetworkAccess",
    ];

    private static readonly Regex s_name = new("^(?!.*--)[a-zA-Z][a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$", RegexOptions.CultureInvariant);

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(new ResourceType(Namespace, "vaults", s_versions)
        {
            CheckName = CheckName,
            DeletionOrder = 66,
        });
        registry.Put(type, "Vaults_CreateOrUpdate", Write);
        registry.Patch(type, "Vaults_Update", Write);
        registry.Get(type, "Vaults_Get");
        registry.Delete(type, "Vaults_Delete", Delete);
        registry.ListInGroup(type, "Vaults_ListByResourceGroup");
        registry.ListInSubscription(type, "Vaults_ListBySubscription");
    }

    private static ArmResponse Write(RequestContext context)
    {
        string name = context.Target!.Name;
        if (context.Existing is null && context.World.Store.OfType(Type).Any(other => Same(other.Name, name))) throw Taken(name);
        JsonObject properties = ImmediateBody.Settings(context, s_settings);
        string sku = properties.Text("sku.name") ?? throw Invalid("sku");
        if (!Same(sku, "standard") && !Same(sku, "premium")) throw Invalid("sku.name");
        if (!Guid.TryParse(properties.Text("tenantId"), out _)) throw Invalid("tenantId");
        properties["accessPolicies"] ??= new JsonArray();
        properties["enabledForDeployment"] ??= false;
        properties["enableSoftDelete"] ??= true;
        properties["softDeleteRetentionInDays"] ??= RetentionDays;
        properties["vaultUri"] = $"https://{name.ToLowerInvariant()}.vault.azure.net/";
        properties["provisioningState"] = "Succeeded";
        properties["publicNetworkAccess"] ??= "Enabled";
        JsonObject body = ImmediateBody.Write(context, JsonText.NewObject());
        body["tags"] ??= JsonText.NewObject();
        body.Remove("properties");
        body["systemData"] = SystemData(context);
        body["properties"] = properties;
        context.World.Store.Put(new ResourceEntry(context.Target.ToString(), Type, body));
        // 200 also for a new one (specification); its name service takes no time here.
        return ArmResponse.Ok(body.Copy());
    }

    private static ArmResponse Delete(RequestContext context)
    {
        context.World.Store.Remove(context.Resource.Id);
        return ArmResponse.Ok();
    }

    private static JsonObject SystemData(RequestContext context)
    {
        string now = ArmTime.Format(context.Now);
        JsonObject data = context.Existing?.Body.Object("systemData")?.Copy() ?? new JsonObject
        {
            ["createdBy"] = context.Caller.Client,
            ["createdByType"] = "User",
            ["createdAt"] = now,
        };
        data["lastModifiedBy"] = context.Caller.Client;
        data["lastModifiedByType"] = "User";
        data["lastModifiedAt"] = now;
        return data;
    }

    /// <summary>Pasted by users of Terraform; so is the next.</summary>
    private static void CheckName(string name)
    {
        if (s_name.IsMatch(name)) return;
        throw ComputeErrors.Refuse(
            400,
            "VaultNameNotValid",
            $"The vault name '{name}' is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must " +
            "begin with a letter, end with a letter or digit, and not contain consecutive hyphens. Follow this link for more " +
            "information: https://go.microsoft.com/fwlink/?linkid=2147742",
            null);
    }

    private static ArmException Taken(string name) => ComputeErrors.Refuse(
        409,
        "VaultAlreadyExists",
        $"The vault name '{name}' is already in use. Vault names are globally unique so it is possible that the name is already " +
        "taken. If you are sure that the vault name was not taken then it is possible that a vault with the same name was " +
        "recently deleted but not purged after being placed in a recoverable state. If the vault is in a recoverable state then " +
        "the vault will need to be purged before reusing the name. For more information about VaultAlreadyExists, soft delete " +
        "and purging a vault follow this link https://go.microsoft.com/fwlink/?linkid=2147740.",
        null);

    /// <summary>Code and text are assumptions.</summary>
    private static ArmException Invalid(string property) =>
        ComputeErrors.Refuse(400, "BadRequest", $"The value of property '{property}' is missing or invalid.", null);

    private static bool Same(string? left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
