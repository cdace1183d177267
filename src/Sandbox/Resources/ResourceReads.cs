using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Resources;

/// <summary>GET of one resource and of lists, the same for every type.</summary>
internal static class ResourceReads
{
    /// <summary>The resource; one whose body has an etag carries it as a header too (Network; VMs since 2024-07-01).</summary>
    public static ArmResponse Get(RequestContext context)
    {
        JsonObject body = Show(context, context.Resource);
        ArmResponse response = ArmResponse.Ok(body);
        return body.Text("etag") is { } etag ? response.With("ETag", etag) : response;
    }

    public static ArmResponse List(RequestContext context)
    {
        ResourceType type = context.Operation.Type;
        string? group = context.Path.ResourceGroup;
        var page = ListPage.Of(context);
        IEnumerable<ResourceEntry> entries = context.Existing is { } parent
            ? context.World.Store.BelowAfter(page.After, parent.Id, type.FullName)
            : context.World.Store.OfTypeAfter(page.After, type.FullName, context.SubscriptionId, group);
        if (type.Filter?.Invoke(context) is { } fits) entries = entries.Where(fits);
        bool upper = group is null ? type.UpperCaseInSubscriptionLists : type.UpperCaseInGroupLists;
        return ArmResponse.Ok(page.Fill(entries, entry => Item(context, entry, upper)));
    }

    /// <summary>One page of a list that is short, with a <c>nextLink</c> when there is more.</summary>
    public static JsonObject Page<T>(RequestContext context, IReadOnlyList<T> items, Func<T, JsonNode> show) =>
        ListPage.Of(context).Fill(items, show);

    /// <summary>A copy of the resource as a client sees it.</summary>
    public static JsonObject Show(RequestContext context, ResourceEntry entry) =>
        context.World.Registry.FindType(entry.Type)?.View?.Invoke(context, entry) ?? entry.Body.Copy();

    private static JsonObject Item(RequestContext context, ResourceEntry entry, bool upperCaseGroup)
    {
        JsonObject body = Show(context, entry);
        if (upperCaseGroup) body["id"] = ResourceId.UpperCaseGroup(entry.Id);
        return body;
    }
}
