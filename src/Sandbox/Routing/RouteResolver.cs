using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Routing;

/// <summary>Finds the operation of a request, or the answer that ARM gives when there is none.</summary>
internal sealed class RouteResolver(SandboxRegistry registry)
{
    private readonly RouteTable _table = new(registry.Operations);

    /// <summary>The operation and the values of its template's parameters; null when no template fits.</summary>
    public (OperationDefinition Operation, IReadOnlyDictionary<string, string> Route)? Find(string method, ArmPath path)
    {
        foreach (OperationDefinition operation in _table.Candidates(method, path.Segments.Count))
        {
            if (operation.Template.Match(path.Segments) is { } route) return (operation, route);
        }

        return null;
    }

    /// <summary>Why there is no operation.</summary>
    public ArmException Explain(string method, ArmPath path, string version)
    {
        if (registry.Operations.Any(operation => operation.Template.Match(path.Segments) is not null))
            return GatewayErrors.MethodNotAllowed(method);
        if (path.Namespace is not { } name) return GatewayErrors.MissingSubscription();
        if (registry.FindNamespace(name) is not { } known) return GatewayErrors.InvalidResourceNamespace(name);
        ResourceType? type = registry.FindType($"{known}/{string.Join("/", path.Types)}");
        IEnumerable<string> versions = type?.ApiVersions ?? Versions(known);
        return GatewayErrors.InvalidResourceType(string.Join("/", path.Types), known, version, versions);
    }

    /// <summary>Refuses an api-version that the type does not answer.</summary>
    public static void CheckVersion(OperationDefinition operation, string version, string? location)
    {
        ResourceType type = operation.Type;
        if (type.ApiVersions.Contains(version, StringComparer.OrdinalIgnoreCase)) return;
        if (type.Namespace == "Microsoft.Resources") throw GatewayErrors.InvalidApiVersion(version, type.ApiVersions);
        if (location is null)
            throw GatewayErrors.InvalidResourceType(type.Name, type.Namespace, version, type.ApiVersions);
        throw GatewayErrors.NoRegisteredProviderFound(
            location, version, type.Name, type.ApiVersions.Reverse(), Locations.Regions.All.Select(static region => region.Name));
    }

    private IEnumerable<string> Versions(string resourceNamespace) => registry.Types
        .Where(type => type.Namespace == resourceNamespace)
        .SelectMany(static type => type.ApiVersions)
        .Distinct()
        .OrderByDescending(static version => version, StringComparer.Ordinal);
}
