using Azure;
using Azure.Core;
using Azure.ResourceManager.Compute;
using Azure.ResourceManager.Compute.Models;
using Azure.ResourceManager.Resources;
using Azure.ResourceManager.Resources.Models;

namespace ImageCmdlets.SandboxServer.Tests.OtherClients;

/// <summary>The Azure SDK for .NET, with what our engine never asks: generic resources, tags, locks, providers.</summary>
[Trait("Category", "OtherClients")]
public sealed class AzureSdkManagementTests(AzureSdkSession session) : IClassFixture<AzureSdkSession>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_generic_resource_is_made_tagged_listed_and_deleted()
    {
        ResourceGroupResource group = await session.CreateGroupAsync("generic", Cancelled);
        ResourceIdentifier id = new($"{group.Id}/providers/Microsoft.Compute/disks/d1");
        var data = new GenericResourceData("westeurope")
        {
            Properties = BinaryData.FromString("""{"creationData":{"createOption":"Empty"},"diskSizeGB":4}"""),
        };
        GenericResource made = (await session.Client.GetGenericResources().CreateOrUpdateAsync(WaitUntil.Completed, id, data, Cancelled)).Value;
        Assert.Equal(("d1", "Microsoft.Compute/disks"), (made.Data.Name, made.Data.ResourceType.ToString()));

        GenericResource tagged = await made.AddTagAsync("colour", "red", Cancelled);
        Assert.Equal("red", tagged.Data.Tags["colour"]);
        var names = new List<string>();
        await foreach (GenericResource found in group.GetGenericResourcesAsync("tagName eq 'colour' and tagValue eq 'red'", cancellationToken: Cancelled))
            names.Add(found.Data.Name);
        Assert.Equal(["d1"], names);

        await tagged.DeleteAsync(WaitUntil.Completed, Cancelled);
        RequestFailedException gone = await Assert.ThrowsAsync<RequestFailedException>(() => tagged.GetAsync(Cancelled));
        Assert.Equal((404, "ResourceNotFound"), (gone.Status, gone.ErrorCode));
    }

    [Fact]
    public async Task A_lock_holds_until_it_is_deleted()
    {
        ResourceGroupResource group = await session.CreateGroupAsync("locked", Cancelled);
        ManagementLockResource made = (await group.GetManagementLocks().CreateOrUpdateAsync(
            WaitUntil.Completed, "keep", new ManagementLockData(ManagementLockLevel.CanNotDelete) { Notes = "ours" }, Cancelled)).Value;
        Assert.Equal("ours", made.Data.Notes);
        RequestFailedException refused = await Assert.ThrowsAsync<RequestFailedException>(() => group.DeleteAsync(WaitUntil.Completed, cancellationToken: Cancelled));
        Assert.Equal((409, "ScopeLocked"), (refused.Status, refused.ErrorCode));
        await made.DeleteAsync(WaitUntil.Completed, Cancelled);
        await group.DeleteAsync(WaitUntil.Completed, cancellationToken: Cancelled);
        SubscriptionResource subscription = await session.Client.GetDefaultSubscriptionAsync(Cancelled);
        Assert.False(await subscription.GetResourceGroups().ExistsAsync("locked", Cancelled));
    }

    [Fact]
    public async Task Tags_of_a_group_are_replaced_and_deleted()
    {
        ResourceGroupResource group = await session.CreateGroupAsync("tagged", Cancelled);
        TagResource tags = group.GetTagResource();
        var data = new TagResourceData(new Tag { TagValues = { ["a"] = "1", ["b"] = "2" } });
        TagResource set = (await tags.CreateOrUpdateAsync(WaitUntil.Completed, data, Cancelled)).Value;
        Assert.Equal("2", set.Data.TagValues["b"]);
        await tags.DeleteAsync(WaitUntil.Completed, Cancelled);
        Assert.Empty((await group.GetAsync(Cancelled)).Value.Data.Tags);
    }

    [Fact]
    public async Task Providers_locations_and_usages_are_listed()
    {
        SubscriptionResource subscription = await session.Client.GetDefaultSubscriptionAsync(Cancelled);
        ResourceProviderResource provider = await subscription.GetResourceProviderAsync("Microsoft.Compute", cancellationToken: Cancelled);
        Assert.Equal("Registered", provider.Data.RegistrationState);
        Assert.Contains(provider.Data.ResourceTypes, static type => type.ResourceType == "galleries/images/versions");
        var names = new List<string>();
        await foreach (LocationExpanded location in subscription.GetLocationsAsync(cancellationToken: Cancelled)) names.Add(location.Name);
        Assert.Contains("westeurope", names);
        var usages = new List<string>();
        await foreach (ComputeUsage usage in subscription.GetUsagesAsync("westeurope", Cancelled)) usages.Add(usage.Name.Value);
        Assert.Contains("cores", usages);
        var tenants = new List<string?>();
        await foreach (TenantResource tenant in session.Client.GetTenants().GetAllAsync(Cancelled)) tenants.Add(tenant.Data.TenantId?.ToString());
        Assert.Equal(["20000000-0000-4000-8000-000000000001"], tenants);
    }
}
