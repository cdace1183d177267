using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>What is shown of a scale set.</summary>
internal static class ScaleSetViews
{
    private const string UpgradeType = "Microsoft.Compute/virtualMachineScaleSets/rollingUpgrades";

    /// <summary>The set by <c>$expand</c> and api-version.</summary>
    public static JsonObject Show(RequestContext context, ResourceEntry set)
    {
        JsonObject body = set.Body.Copy();
        if (VmViews.Expands(context, "userData") && set.State.Text("userData") is { } user)
            body.Object(ScaleSetFacts.ProfilePath)!["userData"] = user;
        if (VmViews.HasEtag(context)) body["etag"] = $"\"{VmChanges.Etag(set)}\"";
        return body;
    }

    /// <summary>The sets of a region.</summary>
    public static ArmResponse ListByLocation(RequestContext context)
    {
        string location = VmLookups.Location(context);
        var page = ListPage.Of(context);
        IEnumerable<ResourceEntry> sets =
            context.World.Store.OfTypeAfter(page.After, VmFacts.ScaleSetType, context.SubscriptionId, null).Where(set => set.Location == location);
        return ArmResponse.Ok(page.Fill(sets, set =>
        {
            JsonObject body = Show(context, set);
            body["id"] = ResourceId.UpperCaseGroup(set.Id);
            return body;
        }));
    }

    /// <summary>How many instances are in which state.</summary>
    public static ArmResponse InstanceView(RequestContext context)
    {
        ResourceEntry set = context.Resource;
        IReadOnlyList<ResourceEntry> instances = ScaleSetFacts.Instances(context.World, set);
        var view = new JsonObject
        {
            ["virtualMachine"] = new JsonObject
            {
                ["statusesSummary"] = Summary(instances.SelectMany(i => VmInstanceView.Statuses(i, context.Now)
                    .Select(static s => s.Text("code")))),
            },
        };
        JsonNode[] extensions = [.. ScaleSetFacts.Extensions(set).Select(extension => (JsonNode)new JsonObject
        {
            ["name"] = extension.Text("name"),
            ["statusesSummary"] = Summary(instances.Select(i => ExtensionCode(context, i, extension.Text("name")))),
        })];
        if (extensions.Length > 0) view["extensions"] = new JsonArray(extensions);
        view["statuses"] = new JsonArray(VmInstanceView.Provisioning(set));
        if (set.Body.Flag("properties.automaticRepairsPolicy.enabled") is { } repairs)
        {
            view["orchestrationServices"] = new JsonArray(new JsonObject
            {
                ["serviceName"] = "AutomaticRepairs",
                ["serviceState"] = repairs ? set.State.Text("repairs") ?? "Running" : "NotRunning",
            });
        }

        return ArmResponse.Ok(view);
    }

    /// <summary>The sizes that the set's machines can have.</summary>
    public static ArmResponse Skus(RequestContext context)
    {
        ResourceEntry set = context.Resource;
        bool single = set.Body.Flag("properties.singlePlacementGroup") == true;
        IEnumerable<JsonNode> skus = VmSizeCatalogue.Sizes
            .Where(s => s.IsOfferedIn(set.Location!) && s.Boots(set.State.Text("generation") ?? "V1")
                && s.Architecture == (set.State.Text("architecture") ?? "x64"))
            .Select(s => (JsonNode)new JsonObject
            {
                ["resourceType"] = VmFacts.ScaleSetType,
                ["sku"] = new JsonObject { ["name"] = s.Name, ["tier"] = "Standard" },
                ["capacity"] = new JsonObject
                {
                    ["minimum"] = 0,
                    ["maximum"] = single ? 100 : 1000,
                    ["defaultCapacity"] = 1,
                    ["scaleType"] = "Automatic",
                },
            });
        return ArmResponse.Ok(new JsonObject { ["value"] = new JsonArray([.. skus]) });
    }

    /// <summary>The latest rolling upgrade.</summary>
    public static ArmResponse LatestUpgrade(RequestContext context)
    {
        ResourceEntry set = ScaleSetFacts.ParentSet(context);
        JsonObject upgrade = RollingUpgrade.Latest(set) ?? throw ScaleSetErrors.EntityNotFound();
        var properties = new JsonObject
        {
            ["policy"] = upgrade.Object("policy")!.DeepClone(),
            ["runningStatus"] = new JsonObject
            {
                ["code"] = upgrade.Text("code"),
                ["startTime"] = upgrade.Text("startTime"),
                ["lastAction"] = upgrade.Text("lastAction"),
                ["lastActionTime"] = upgrade.Text("lastActionTime"),
            },
            ["progress"] = Progress(upgrade, RollingUpgrade.IsRunning(set) ? RollingUpgrade.Pending(context.World, set).Count : 0),
        };
        if (upgrade.Object("error") is { } error) properties["error"] = error.DeepClone();
        return ArmResponse.Ok(new JsonObject
        {
            ["properties"] = properties,
            ["type"] = UpgradeType,
            ["location"] = set.Location,
        });
    }

    /// <summary>The upgrades of operating systems, the latest first.</summary>
    public static ArmResponse UpgradeHistory(RequestContext context)
    {
        ResourceEntry set = context.Resource;
        IEnumerable<JsonObject> upgrades = set.State.Items("history").Where(static u => u.Text("kind") == "os");
        return ArmResponse.Ok(new JsonObject
        {
            ["value"] = new JsonArray([.. upgrades.Select(u => (JsonNode)Past(set, u))]),
        });
    }

    private static JsonObject Past(ResourceEntry set, JsonObject upgrade)
    {
        var properties = new JsonObject
        {
            ["runningStatus"] = new JsonObject
            {
                ["code"] = upgrade.Text("code"),
                ["startTime"] = upgrade.Text("startTime"),
                ["endTime"] = upgrade.Text("endTime"),
            },
            ["progress"] = Progress(upgrade, 0),
        };
        if (upgrade.Object("error") is { } error) properties["error"] = error.DeepClone();
        properties["startedBy"] = "User";
        properties["targetImageReference"] = upgrade.Object("target")?.DeepClone();
        return new JsonObject { ["properties"] = properties, ["type"] = UpgradeType, ["location"] = set.Location };
    }

    private static JsonObject Progress(JsonObject upgrade, int pending) => new()
    {
        ["successfulInstanceCount"] = RollingUpgrade.Ids(upgrade, "successful").Count,
        ["failedInstanceCount"] = RollingUpgrade.Ids(upgrade, "failed").Count,
        ["inProgressInstanceCount"] = RollingUpgrade.Ids(upgrade, "inProgress").Count,
        ["pendingInstanceCount"] = pending,
    };

    private static string? ExtensionCode(RequestContext context, ResourceEntry instance, string? name)
    {
        ResourceEntry? extension = context.World.Store.Find($"{instance.Id}/extensions/{name}");
        return extension is null ? null : $"ProvisioningState/{extension.ProvisioningState!.ToLowerInvariant()}";
    }

    private static JsonArray Summary(IEnumerable<string?> codes) => new([.. codes.OfType<string>()
        .GroupBy(static code => code)
        .Select(static group => (JsonNode)new JsonObject { ["code"] = group.Key, ["count"] = group.Count() })]);
}
