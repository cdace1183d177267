using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>Security rules by themselves.</summary>
internal sealed class SecurityRuleSubject : IResourceSubject
{
    private static readonly string[] s_order = ["name", "id", "etag", "type", "properties"];

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(
            new ResourceType(NetworkTypes.Namespace, "networkSecurityGroups/securityRules", NetworkApiVersions.All)
            {
                NeedsLocation = false,
                CheckName = NetworkNames.Check,
                DeletionOrder = SecurityGroupSubject.DeletionOrder,
                View = static (context, rule) => Show(Group(context.World, rule), rule),
            });
        registry.Put(type, "SecurityRules_CreateOrUpdate", Put);
        NetworkChildren.MapGet(registry, type, "SecurityRules_Get");
        registry.Delete(type, "SecurityRules_Delete", Delete);
        registry.ListInGroup(type, "SecurityRules_List");
    }

    /// <summary>A rule as its group shows it.</summary>
    public static JsonObject Show(ResourceEntry group, ResourceEntry rule) =>
        PropertyOrder.Sort(NetworkChildren.Show(group, rule), s_order);

    private static ArmResponse Put(RequestContext context)
    {
        ResourceEntry group = context.World.Store.Find(context.Target!.Parent!.ToString())!;
        SecurityRuleSpecification wanted = SecurityRuleSpecification.Read(
            context, context.Target.Name, context.Body.Object("properties"), "properties");
        IEnumerable<SecurityRuleSpecification> others = NetworkChildren.Of(context.World, group)
            .Where(other => other != context.Existing)
            .Select(SecurityRuleSpecification.Of);
        SecurityRuleSpecification.Check([.. others, wanted]);
        NetworkLifecycle.CheckFree(context, group);
        ResourceEntry rule =
            NetworkChildren.Put(context.World, group, NetworkTypes.SecurityRules, wanted.Name, wanted.Properties);
        return NetworkLifecycle.PutChild(context, group, rule, NetworkProfiles.PutSecurityRule);
    }

    private static ArmResponse Delete(RequestContext context)
    {
        ResourceEntry group = Group(context.World, context.Resource);
        NetworkLifecycle.CheckFree(context, group);
        return NetworkLifecycle.DeleteChild(context, group);
    }

    private static ResourceEntry Group(SandboxWorld world, ResourceEntry rule) =>
        world.Store.Find(ResourceId.TryParse(rule.Id)!.Parent!.ToString())!;
}
