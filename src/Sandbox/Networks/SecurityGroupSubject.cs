using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>Network security groups with their rules.</summary>
internal sealed class SecurityGroupSubject : IResourceSubject
{
    /// <summary>After the interfaces and before the networks, whose subnets may be guarded.</summary>
    public const int DeletionOrder = 70;

    private static readonly string[] s_order = ["name", "id", "etag", "type", "location", "tags", "properties"];

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        var type = new ResourceType(NetworkTypes.Namespace, "networkSecurityGroups", NetworkApiVersions.All)
        {
            CheckName = NetworkNames.Check,
            DeletionOrder = DeletionOrder,
            DeletionTime = NetworkProfiles.Delete.Duration,
            View = Show,
        };
        NetworkLifecycle.RegisterTopLevel(registry, type, "NetworkSecurityGroups", Put, Delete);
    }

    private static ArmResponse Put(RequestContext context)
    {
        string id = context.Target!.ToString();
        List<SecurityRuleSpecification> wanted = Read(context, id);
        JsonObject properties = JsonText.NewObject();
        properties["provisioningState"] = "Updating";
        properties["resourceGuid"] = null;
        ResourceEntry entry = NetworkLifecycle.Store(context, properties);
        // A body without rules is a body with no rules: unlike subnets, they go.
        foreach (ResourceEntry rule in NetworkChildren.Of(context.World, entry))
        {
            if (!wanted.Exists(other => string.Equals(other.Name, rule.Name, StringComparison.OrdinalIgnoreCase)))
                NetworkLifecycle.Remove(context.World, rule);
        }

        foreach (SecurityRuleSpecification rule in wanted)
            NetworkChildren.Put(context.World, entry, NetworkTypes.SecurityRules, rule.Name, rule.Properties);
        return NetworkLifecycle.Announce(context, entry, NetworkProfiles.PutSecurityGroup);
    }

    private static ArmResponse Delete(RequestContext context)
    {
        string[] users =
        [
            .. NetworkLinks.Of(context.Resource, NetworkLinks.Interfaces),
            .. NetworkLinks.Of(context.Resource, NetworkLinks.Subnets),
        ];
        if (users.Length > 0) throw NetworkErrors.SecurityGroupInUse(context.Resource.Id, users);
        return NetworkLifecycle.Delete(context);
    }

    private static List<SecurityRuleSpecification> Read(RequestContext context, string groupId)
    {
        JsonArray rules = context.Body.Array("properties.securityRules") ?? [];
        var read = new List<SecurityRuleSpecification>();
        for (int i = 0; i < rules.Count; i++)
        {
            string path = $"properties.securityRules[{i}]";
            string name = rules[i].Text("name") ?? throw NetworkErrors.MissingProperty("name", path);
            read.Add(SecurityRuleSpecification.Read(context, name, rules[i].Object("properties"), $"{path}.properties"));
        }

        NetworkChildren.CheckNames(groupId, read.Select(static rule => rule.Name));
        SecurityRuleSpecification.Check(read);
        return read;
    }

    private static JsonObject Show(RequestContext context, ResourceEntry entry)
    {
        JsonObject body = PropertyOrder.Sort(entry.Body, s_order);
        JsonNode properties = body["properties"]!;
        IEnumerable<JsonNode> rules = NetworkChildren.Of(context.World, entry)
            .Select(rule => (JsonNode)SecurityRuleSubject.Show(entry, rule));
        properties["securityRules"] = new JsonArray([.. rules]);
        properties["defaultSecurityRules"] = DefaultSecurityRules.Show(entry);
        foreach (string list in (string[])[NetworkLinks.Interfaces, NetworkLinks.Subnets])
        {
            if (NetworkLinks.Show(NetworkLinks.Of(entry, list)) is { } users) properties[list] = users;
        }

        return body;
    }
}
