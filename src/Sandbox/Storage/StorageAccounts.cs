using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Tags;

namespace ImageCmdlets.Sandbox.Storage;

/// <summary>PUT, PATCH and DELETE of storage accounts. Their names are unique in all of Azure.</summary>
internal static class StorageAccounts
{
    private const string CreateKind = "Storage.Create";

    // Recorded in 2018: 202 without a body, Retry-After 17 (25 at times), done at the first poll.
    private static readonly OperationProfile s_create =
        new(StorageTypes.Namespace, "asyncoperations", TimeSpan.FromSeconds(16)) { AsyncHeader = false, LocationHeader = true, RetryAfter = 17 };

    private static readonly Regex s_name = new("^[a-z0-9]{3,24}$", RegexOptions.CultureInvariant);

    private static readonly string[] s_skus =
    [
        "Standard_LRS", "Standard_GRS", "Standard_RAGRS", "Standard_ZRS", "Premium_LRS", "Premium_ZRS", "Standard_GZRS",
        "Standard_RAGZRS",
    ];

    private static readonly string[] s_kinds = ["Storage", "StorageV2", "BlobStorage", "FileStorage", "BlockBlobStorage"];

    // On a server they would be taken for the beginning of an address of ARM itself.
    private static readonly string[] s_reserved = ["subscriptions", "providers", "tenants", "metadata", "adfs", "common", "organizations"];

    public static void Register(SandboxRegistry registry) => registry.Effect(CreateKind, new OperationEffect(Created));

    /// <summary>The account of that name, wherever it is; null when there is none.</summary>
    public static ResourceEntry? Find(SandboxWorld world, string name) => world.Store.Has(StorageTypes.Account)
        ? world.Store.OfType(StorageTypes.Account).FirstOrDefault(account => Same(account.Name, name))
        : null;

    public static ArmResponse CheckName(RequestContext context)
    {
        string name = context.Body.Text("name") ?? throw StorageErrors.Missing("name");
        var answer = new JsonObject { ["nameAvailable"] = true };
        if (!IsName(name))
            Refuse("AccountNameInvalid", StorageErrors.InvalidName(name));
        else if (Find(context.World, name) is not null)
            Refuse("AlreadyExists", StorageErrors.Taken(name));
        return ArmResponse.Ok(answer);

        void Refuse(string reason, string message)
        {
            answer["nameAvailable"] = false;
            answer["reason"] = reason;
            answer["message"] = message;
        }
    }

    /// <summary>Refuses a name that no account can have.</summary>
    public static void CheckName(string name)
    {
        if (!IsName(name)) throw StorageErrors.AccountNameInvalid(name);
    }

    public static ArmResponse Put(RequestContext context)
    {
        if (context.Existing is not null) return Update(context);
        TagRules.Check(context.Body.Object("tags"));
        string sku = Sku(context) ?? throw StorageErrors.Missing("sku");
        string kind = Word(context.Body.Text("kind") ?? "Storage", "kind", s_kinds);
        if (Find(context.World, context.Target!.Name) is { } taken)
        {
            throw Same(taken.SubscriptionId, context.SubscriptionId)
                ? StorageErrors.InAnotherGroup(taken.Name)
                : StorageErrors.AlreadyTaken(taken.Name);
        }

        var account = new ResourceEntry(context.Target.ToString(), StorageTypes.Account, StorageAccountBodies.New(context, sku, kind));
        context.World.Store.Put(account);
        // The account with its addresses is the operation's result: clients that make accounts take them from there (az image copy).
        var arguments = new JsonObject
        {
            ["old"] = StorageAccountBodies.IsOld(context.ApiVersion),
            ["endpoints"] = StorageAccountBodies.Endpoints(context.Request.Uri, account),
        };
        LongRunningOperation operation = context.Begin(CreateKind, s_create, account.Id, context.Location, arguments);
        return context.Accepted(operation, s_create, 202);
    }

    public static ArmResponse Update(RequestContext context)
    {
        TagRules.Check(context.Body.Object("tags"));
        ResourceEntry account = context.Resource;
        if (context.World.Operations.Pending(account.Id) is not null) throw StorageErrors.OperationInProgress(account.Name);
        string present = account.Body.Text("sku.name")!;
        string sku = Sku(context) ?? present;
        if (sku.Split('_')[0] != present.Split('_')[0]) throw StorageErrors.CannotChange("sku.name");
        StorageAccountBodies.Update(context, account, sku);
        return ArmResponse.Ok(StorageAccountBodies.View(context, account));
    }

    public static ArmResponse Delete(RequestContext context)
    {
        context.World.Operations.Preempt(context.Resource.Id);
        Removed(context.World, context.Resource);
        context.World.Store.Remove(context.Resource.Id);
        return ArmResponse.Ok();
    }

    /// <summary>Takes away what is in an account.</summary>
    public static void Removed(SandboxWorld world, ResourceEntry account)
    {
        foreach (ResourceEntry child in world.Store.Below(account.Id).ToArray()) world.Store.Remove(child.Id);
        world.Blobs.RemoveAccount(account.Name);
    }

    private static void Created(OperationContext context)
    {
        if (context.Subject is not { } account) return;
        account.ProvisioningState = "Succeeded";
        string id = $"{account.Id}/blobServices/default";
        JsonObject service = JsonText.NewObject();
        service["sku"] = account.Body["sku"]!.DeepClone();
        service["id"] = id;
        service["name"] = "default";
        service["type"] = StorageTypes.Service;
        service["properties"] = new JsonObject
        {
            ["cors"] = new JsonObject { ["corsRules"] = new JsonArray() },
            ["deleteRetentionPolicy"] = new JsonObject { ["allowPermanentDelete"] = false, ["enabled"] = false },
        };
        context.World.Store.Put(new ResourceEntry(id, StorageTypes.Service, service));
        if (context.Arguments.Flag("old") == true)
        {
            context.Operation.Output = StorageAccountBodies.Echo(account);
            return;
        }

        JsonObject made = account.Body.Copy();
        made["properties"]!["primaryEndpoints"] = context.Arguments["endpoints"]?.DeepClone();
        context.Operation.Output = made;
    }

    private static string? Sku(RequestContext context)
    {
        string? sent = context.Body.Text("sku.name") ?? context.Body.Text("properties.accountType");
        return sent is null ? null : Word(sent, "sku.name", s_skus);
    }

    private static string Word(string sent, string property, string[] known) =>
        known.FirstOrDefault(word => Same(word, sent)) ?? throw StorageErrors.InvalidValue(property, sent);

    private static bool IsName(string name) => s_name.IsMatch(name) && !s_reserved.Contains(name);

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
