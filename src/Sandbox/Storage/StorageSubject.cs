using ImageCmdlets.Sandbox.Blobs;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Storage;

/// <summary>Microsoft.Storage: accounts, their keys and signatures, their containers. Blobs are the blob service's.</summary>
internal sealed class StorageSubject : IResourceSubject
{
    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        OperationEndpoints.Register(registry, StorageTypes.Namespace, "asyncoperations", StorageTypes.Versions, rateLimit: null);
        StorageAccounts.Register(registry);
        BlobCopies.Register(registry);
        RegisterAccounts(registry);
        RegisterContainers(registry);
    }

    private static void RegisterAccounts(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(new ResourceType(StorageTypes.Namespace, "storageAccounts", StorageTypes.Versions)
        {
            DeletionOrder = 70,
            DeletionTime = TimeSpan.FromSeconds(2),
            CheckName = StorageAccounts.CheckName,
            View = StorageAccountBodies.View,
            Removed = StorageAccounts.Removed,
        });
        registry.Put(type, "StorageAccounts_Create", StorageAccounts.Put);
        registry.Patch(type, "StorageAccounts_Update", StorageAccounts.Update);
        registry.Get(type, "StorageAccounts_GetProperties");
        registry.Delete(type, "StorageAccounts_Delete", StorageAccounts.Delete);
        registry.ListInGroup(type, "StorageAccounts_ListByResourceGroup");
        registry.ListInSubscription(type, "StorageAccounts_List");
        registry.Action(type, "listKeys", "StorageAccounts_ListKeys", StorageKeys.List);
        registry.Action(type, "regenerateKey", "StorageAccounts_RegenerateKey", StorageKeys.Regenerate);
        registry.Action(type, "ListAccountSas", "StorageAccounts_ListAccountSAS", StorageSas.ListAccount);
        registry.Action(type, "ListServiceSas", "StorageAccounts_ListServiceSAS", StorageSas.ListService);
        ResourceType check = registry.Add(
            new ResourceType(StorageTypes.Namespace, "checkNameAvailability", StorageTypes.Versions) { Tracked = false, NeedsLocation = false });
        registry.Map(
            "POST",
            "/subscriptions/{subscriptionId}/providers/Microsoft.Storage/checkNameAvailability",
            "StorageAccounts_CheckNameAvailability",
            check,
            StorageAccounts.CheckName);
    }

    private static void RegisterContainers(SandboxRegistry registry)
    {
        ResourceType service = registry.Add(
            new ResourceType(StorageTypes.Namespace, "storageAccounts/blobServices", StorageTypes.Versions) { NeedsLocation = false });
        registry.Get(service, "BlobServices_GetServiceProperties");
        registry.ListInGroup(service, "BlobServices_List");
        ResourceType type = registry.Add(
            new ResourceType(StorageTypes.Namespace, "storageAccounts/blobServices/containers", StorageTypes.Versions)
            {
                NeedsLocation = false,
                DeletionOrder = 70,
                CheckName = BlobContainers.CheckName,
            });
        registry.Put(type, "BlobContainers_Create", BlobContainers.Put);
        registry.Get(type, "BlobContainers_Get");
        registry.Delete(type, "BlobContainers_Delete", BlobContainers.Delete);
        registry.ListInGroup(type, "BlobContainers_List");
    }
}
