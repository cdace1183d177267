using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.ResourceGroups;

/// <summary>Deletion of a group: 202 with a Location only, polled with 202 until a 200 without body.</summary>
internal static class ResourceGroupDeletion
{
    private const string Kind = "ResourceGroups.Delete";
    private const int RetryAfter = 15;

    // An empty group took 46 seconds in the recording of a snapshot's life; what is in a group comes on top.
    private static readonly TimeSpan s_empty = TimeSpan.FromSeconds(45);

    public static void Register(SandboxRegistry registry, ResourceType groups, string instance)
    {
        ResourceType results = registry.Add(
            new ResourceType("Microsoft.Resources", "operationresults", ResourceGroupSubject.ApiVersions)
            {
                Tracked = false,
                NeedsLocation = false,
            });
        registry.Map("DELETE", instance, "ResourceGroups_Delete", groups, Delete);
        registry.Map("GET", "/subscriptions/{subscriptionId}/operationresults/{job}", "OperationResults_Get", results, Poll);
        registry.Effect(Kind, new OperationEffect(End));
    }

    private static ArmResponse Delete(RequestContext context)
    {
        ResourceEntry group = ResourceGroupSubject.Present(context);
        LongRunningOperation operation = context.World.Operations.Pending(group.Id) ?? Begin(context, group);
        return Watch(context, operation);
    }

    private static LongRunningOperation Begin(RequestContext context, ResourceEntry group)
    {
        string job = $"RESOURCEGROUPDELETIONJOB-{group.Name}-{group.Location}".ToUpperInvariant();
        string text = JsonText.Compact(new JsonObject { ["jobId"] = job, ["jobLocation"] = group.Location });
        var profile = new OperationProfile("Microsoft.Resources", "operationresults", Duration(context.World, group));
        group.ProvisioningState = "Deleting";
        return context.Begin(Kind, profile, group.Id, group.Location!, new JsonObject
        {
            ["job"] = OperationAddress.Base64Url(Encoding.UTF8.GetBytes(text)),
        });
    }

    private static ArmResponse Poll(RequestContext context)
    {
        LongRunningOperation operation = context.World.Operations.Latest(candidate =>
                candidate.Kind == Kind && candidate.Arguments.Text("job") == context.Route["job"] &&
                string.Equals(candidate.SubscriptionId, context.SubscriptionId, StringComparison.OrdinalIgnoreCase))
            ?? throw GatewayErrors.Gateway(404, "NotFound", "The job could not be found.");
        return operation.Status switch
        {
            OperationStatus.InProgress => Watch(context, operation),
            OperationStatus.Failed => ArmResponse.Gateway(409, new JsonObject { ["error"] = operation.Error?.DeepClone() }),
            _ => ArmResponse.Gateway(200),
        };
    }

    private static ArmResponse Watch(RequestContext context, LongRunningOperation operation)
    {
        string root = context.Request.Uri.GetLeftPart(UriPartial.Authority);
        string address = $"{root}/subscriptions/{operation.SubscriptionId}/operationresults/{operation.Arguments.Text("job")}";
        return ArmResponse.Gateway(202)
            .With("Location", $"{address}?{OperationAddress.Sign(context, operation, "job")}")
            .With("Retry-After", RetryAfter.ToString(CultureInfo.InvariantCulture));
    }

    private static void End(OperationContext context)
    {
        if (context.Subject is not { } group) return;
        foreach (ResourceEntry entry in InOrder(context.World, group))
        {
            context.World.Registry.FindType(entry.Type)?.Removed?.Invoke(context.World, entry);
            context.World.Store.Remove(entry.Id);
        }

        context.World.Store.Remove(group.Id);
    }

    // ARM deletes what depends on others first and the rest of a tier side by side.
    private static TimeSpan Duration(SandboxWorld world, ResourceEntry group)
    {
        IEnumerable<TimeSpan> tiers = world.Store.Below(group.Id)
            .GroupBy(entry => Order(world, entry))
            .Select(tier => tier.Max(entry => world.Registry.FindType(entry.Type)?.DeletionTime ?? TimeSpan.Zero));
        return tiers.Aggregate(s_empty, static (sum, tier) => sum + tier);
    }

    // Children go before the resources that hold them, whatever the order of their types.
    private static ResourceEntry[] InOrder(SandboxWorld world, ResourceEntry group) =>
    [
        .. world.Store.Below(group.Id)
            .OrderBy(entry => Order(world, entry))
            .ThenByDescending(static entry => entry.Id.Count(static c => c == '/')),
    ];

    private static int Order(SandboxWorld world, ResourceEntry entry) =>
        world.Registry.FindType(entry.Type)?.DeletionOrder ?? int.MaxValue;
}
