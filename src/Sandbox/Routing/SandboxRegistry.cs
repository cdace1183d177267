using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Routing;

/// <summary>Everything that the subjects have registered.</summary>
internal sealed class SandboxRegistry
{
    private readonly List<ResourceType> _types = [];
    private readonly Dictionary<string, ResourceType> _typesByName = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<OperationDefinition> _operations = [];
    private readonly Dictionary<string, OperationEffect> _effects = new(StringComparer.Ordinal);

    public IReadOnlyList<ResourceType> Types => _types;

    public IReadOnlyList<OperationDefinition> Operations => _operations;

    /// <summary>Adds a type; the first of a namespace adds the namespace.</summary>
    public ResourceType Add(ResourceType type)
    {
        if (FindType(type.FullName) is { } present) return present;
        _types.Add(type);
        _typesByName.Add(type.FullName, type);
        return type;
    }

    public ResourceType? FindType(string fullName) =>
        _typesByName.TryGetValue(fullName, out ResourceType? type) ? type : null;

    /// <summary>Canonical spelling of a namespace; null when no subject registered it.</summary>
    public string? FindNamespace(string name) =>
        _types.Find(type => string.Equals(type.Namespace, name, StringComparison.OrdinalIgnoreCase))?.Namespace;

    /// <summary>Adds an operation at any path.</summary>
    public void Map(
        string method,
        string template,
        string name,
        ResourceType type,
        Func<RequestContext, ArmResponse> handler,
        RateLimitPolicy? rateLimit = null,
        bool needsResource = false) =>
        _operations.Add(new OperationDefinition(method, new PathTemplate(template), name, type, handler)
        {
            RateLimit = rateLimit,
            NeedsResource = needsResource,
        });

    /// <summary>PUT of a resource.</summary>
    public void Put(
        ResourceType type, string name, Func<RequestContext, ArmResponse> handler, RateLimitPolicy? rateLimit = null) =>
        Map("PUT", InstancePath(type), name, type, handler, rateLimit);

    /// <summary>GET of a resource: its body, or what the type's view makes of it.</summary>
    public void Get(ResourceType type, string name, RateLimitPolicy? rateLimit = null) =>
        Map("GET", InstancePath(type), name, type, ResourceReads.Get, rateLimit, needsResource: true);

    /// <summary>PATCH of a resource.</summary>
    public void Patch(
        ResourceType type, string name, Func<RequestContext, ArmResponse> handler, RateLimitPolicy? rateLimit = null) =>
        Map("PATCH", InstancePath(type), name, type, handler, rateLimit, needsResource: true);

    /// <summary>DELETE of a resource; one that is gone is answered 204 before the handler is asked.</summary>
    public void Delete(
        ResourceType type, string name, Func<RequestContext, ArmResponse> handler, RateLimitPolicy? rateLimit = null) =>
        Map("DELETE", InstancePath(type), name, type, handler, rateLimit, needsResource: true);

    /// <summary>POST of an action on a resource.</summary>
    public void Action(
        ResourceType type,
        string action,
        string name,
        Func<RequestContext, ArmResponse> handler,
        RateLimitPolicy? rateLimit = null) =>
        Map("POST", $"{InstancePath(type)}/{action}", name, type, handler, rateLimit, needsResource: true);

    /// <summary>List of the resources in a group, or of the children of a resource.</summary>
    public void ListInGroup(ResourceType type, string name, RateLimitPolicy? rateLimit = null)
    {
        string path = InstancePath(type);
        Map("GET", path.Substring(0, path.LastIndexOf('/')), name, type, ResourceReads.List, rateLimit, type.Segments.Count > 1);
    }

    /// <summary>List of the resources in a subscription.</summary>
    public void ListInSubscription(ResourceType type, string name, RateLimitPolicy? rateLimit = null) => Map(
        "GET",
        $"/subscriptions/{{subscriptionId}}/providers/{type.FullName}",
        name,
        type,
        ResourceReads.List,
        rateLimit);

    /// <summary>Says what a kind of long-running operation does when it ends.</summary>
    public void Effect(string kind, OperationEffect effect) => _effects.Add(kind, effect);

    public OperationEffect FindEffect(string kind) => _effects[kind];

    private static string InstancePath(ResourceType type)
    {
        IEnumerable<string> tail = type.Segments.Select(static segment => $"{segment}/{{{segment}Name}}");
        return $"/subscriptions/{{subscriptionId}}/resourceGroups/{{resourceGroupName}}/providers/{type.Namespace}/" +
               string.Join("/", tail);
    }
}
