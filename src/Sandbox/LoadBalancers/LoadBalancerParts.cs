using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Networks;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.LoadBalancers;

/// <summary>The parts of a load balancer together: read out of a body, and checked against each other.</summary>
internal static class LoadBalancerParts
{
    /// <summary>Reads all parts of a balancer's body. A list that the body leaves out is an empty list.</summary>
    public static IReadOnlyList<LoadBalancerPart> Read(RequestContext context, JsonObject sent, string sku)
    {
        string id = context.Target!.ToString();
        var ids = new List<string>();
        foreach (LoadBalancerPartKind kind in LoadBalancerPartKind.All)
        {
            string[] names = [.. sent.Items(kind.List).Select((part, i) => Name(part, $"properties.{kind.List}[{i}]"))];
            NetworkChildren.CheckNames(id, names);
            ids.AddRange(names.Select(name => NetworkChildren.Id(id, kind.Type, name)));
        }

        var draft = new LoadBalancerDraft(context, id, sku, ids);
        var read = new List<LoadBalancerPart>();
        foreach (LoadBalancerPartKind kind in LoadBalancerPartKind.All)
        {
            read.AddRange(sent.Items(kind.List).Select((part, i) =>
                Read(draft, kind, part, part.Text("name")!, $"properties.{kind.List}[{i}].properties")));
        }

        Check(id, read);
        return read;
    }

    /// <summary>Reads a part that a request names in its path.</summary>
    public static LoadBalancerPart ReadOne(RequestContext context, LoadBalancerPartKind kind, ResourceEntry balancer)
    {
        ResourceEntry[] others = [.. NetworkChildren.Of(context.World, balancer).Where(other => other != context.Existing)];
        var draft = new LoadBalancerDraft(
            context, balancer.Id, balancer.Body.Text("sku.name")!, [.. others.Select(static other => other.Id)]);
        LoadBalancerPart part = Read(draft, kind, context.Body, context.Target!.Name, "properties");
        Check(balancer.Id, [.. others.Select(Of), part]);
        return part;
    }

    private static LoadBalancerPart Of(ResourceEntry present) =>
        new(LoadBalancerPartKind.Of(present.Type), present.Name, present.Properties, present.Body.Array("zones"));

    private static LoadBalancerPart Read(
        LoadBalancerDraft draft, LoadBalancerPartKind kind, JsonObject part, string name, string path)
    {
        if (!NetworkNames.IsValid(name)) throw NetworkErrors.InvalidResourceName(name);
        string id = NetworkChildren.Id(draft.Id, kind.Type, name);
        var reader = new LoadBalancerPartReader(draft, id, part.Object("properties") ?? JsonText.NewObject(), path);
        return new LoadBalancerPart(kind, name, kind.Read(reader), part.Array("zones"));
    }

    private static string Name(JsonObject part, string path) =>
        part.Text("name") ?? throw NetworkErrors.MissingProperty("name", path);

    private static void Check(string balancer, List<LoadBalancerPart> parts)
    {
        if (parts.Count > 0 && parts.TrueForAll(static part => part.Kind.Type != LoadBalancerTypes.Frontends))
            throw LoadBalancerErrors.NoFrontend(balancer);
        LoadBalancerPart[] rules = [.. parts.Where(static part => part.Kind.Type == LoadBalancerTypes.Rules)];
        for (int i = 1; i < rules.Length; i++)
        {
            foreach (LoadBalancerPart other in rules.Take(i)) Check(other, rules[i]);
        }
    }

    private static void Check(LoadBalancerPart first, LoadBalancerPart second)
    {
        string protocol = second.Properties.Text("protocol")!;
        if (first.Properties.Text("protocol") != protocol) return;
        if (Same(first, second, "frontendIPConfiguration.id", "frontendPort") is { } frontend)
        {
            throw LoadBalancerErrors.SameFrontend(
                first.Name, second.Name, protocol, second.Properties.Number("frontendPort")!.Value, frontend);
        }

        if (first.Properties.Flag("enableFloatingIP") == true || second.Properties.Flag("enableFloatingIP") == true) return;
        if (Same(first, second, "backendAddressPool.id", "backendPort") is { } pool)
        {
            throw LoadBalancerErrors.SameBackend(
                first.Name, second.Name, protocol, second.Properties.Number("backendPort")!.Value, pool);
        }
    }

    // The name of what both refer to, when they use the same port there.
    private static string? Same(LoadBalancerPart first, LoadBalancerPart second, string reference, string port) =>
        second.Properties.Text(reference) is { } id &&
        string.Equals(first.Properties.Text(reference), id, StringComparison.OrdinalIgnoreCase) &&
        first.Properties.Number(port) == second.Properties.Number(port)
            ? id.Substring(id.LastIndexOf('/') + 1)
            : null;
}
