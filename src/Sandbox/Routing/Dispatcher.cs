using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Authorization;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Faults;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Routing;

/// <summary>Takes a request through authentication, routing, the front end's checks, its handler and its faults.</summary>
internal sealed class Dispatcher(SandboxWorld world, IReadOnlyList<SandboxFault> faults)
{
    private readonly RouteResolver _resolver = new(world.Registry);
    private readonly ArmHeaders _headers = new(world);

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="counted">Told the method and the resource type of the request.</param>
    /// <exception cref="SandboxConnectionException">A fault cut the connection.</exception>
    public SandboxResponse Send(SandboxRequest request, Action<string> counted)
    {
        var path = new ArmPath(request.Uri);
        var query = new QueryString(request.Uri);
        (OperationDefinition Operation, IReadOnlyDictionary<string, string> Route)? found = _resolver.Find(request.Method, path);
        counted($"{request.Method} {found?.Operation.Type.FullName ?? "unknown"}");
        SandboxFault? fault = FaultPlan.Choose(faults, request, path, found?.Operation);
        RequestContext? context = null;
        ArmResponse response;
        try
        {
            Authentication.Check(request, ArmSandbox.Tenant, world.Clock.GetUtcNow());
            context = Open(request, path, query, found);
            FaultPlan.StrikeBefore(fault, context);
            response = Handle(context);
            FaultPlan.StrikeAfter(fault, context);
        }
        catch (ArmException refusal)
        {
            response = refusal.ToResponse();
        }

        byte[] body = FaultPlan.Spoil(fault, Write(request, response));
        return new SandboxResponse(response.Status, _headers.Build(request, path, context, response, body.Length), body);
    }

    private RequestContext Open(
        SandboxRequest request,
        ArmPath path,
        QueryString query,
        (OperationDefinition Operation, IReadOnlyDictionary<string, string> Route)? found)
    {
        string version = query["api-version"] ?? string.Empty;
        if (version.Length == 0) throw GatewayErrors.MissingApiVersion();
        FrontEnd.CheckSubscription(world, path);
        if (found is not { } route) throw _resolver.Explain(request.Method, path, version);
        JsonObject body = Read(request);
        ResourceEntry? group = path is { SubscriptionId: { } subscription, ResourceGroup: { } name }
            ? world.Store.FindGroup(subscription, name)
            : null;
        ResourceId? target = Target(path, route.Operation.Type, group);
        ResourceEntry? existing = world.Store.Find(target?.ToString());
        RouteResolver.CheckVersion(route.Operation, version, body.Text("location") ?? existing?.Location);
        return new RequestContext(world, request, path, query, route.Operation, route.Route)
        {
            Body = body,
            Group = group,
            Target = existing is null ? target : ResourceId.TryParse(existing.Id),
            Existing = existing,
        };
    }

    private static ArmResponse Handle(RequestContext context)
    {
        FrontEnd.CheckGroup(context);
        FrontEnd.CheckRegistration(context.World, context);
        // Deleting what is gone is no error: 204, recorded for images, VMs, scale sets and disks.
        if (context.Request.Method == "DELETE" && context.Operation.NeedsResource && context.Existing is null)
            return new ArmResponse(204);
        FrontEnd.CheckResource(context);
        FrontEnd.CheckPut(context);
        return context.Operation.Handler(context);
    }

    // The path's own casing counts for names only; type segments get the spelling of the registry.
    private static ResourceId? Target(ArmPath path, ResourceType type, ResourceEntry? group)
    {
        if (path.Resource is not { } id) return null;
        bool same = string.Equals(id.TypeName, type.FullName, StringComparison.OrdinalIgnoreCase);
        IReadOnlyList<string> types = [.. id.Types.Select((word, i) => i < type.Segments.Count && SameWord(word, type.Segments[i])
            ? type.Segments[i]
            : word)];
        string resourceNamespace = same || SameWord(id.Namespace, type.Namespace) ? type.Namespace : id.Namespace;
        return new ResourceId(id.SubscriptionId, group?.Name ?? id.ResourceGroup, resourceNamespace, types, id.Names);
    }

    private static JsonObject Read(SandboxRequest request)
    {
        if (request.Body.Length == 0) return JsonText.NewObject();
        try
        {
            return JsonText.Parse(request.Body) as JsonObject
                ?? throw GatewayErrors.InvalidRequestContent("Error converting value to type 'Newtonsoft.Json.Linq.JObject'.");
        }
        catch (JsonException refusal)
        {
            throw GatewayErrors.InvalidRequestContent(
                $"Unexpected character encountered while parsing value. Path '{refusal.Path}', " +
                $"line {refusal.LineNumber + 1}, position {refusal.BytePositionInLine}.");
        }
    }

    private static byte[] Write(SandboxRequest request, ArmResponse response)
    {
        if (response.Body is null || request.Method == "HEAD") return [];
        return Encoding.UTF8.GetBytes(response.FromGateway ? JsonText.Compact(response.Body) : JsonText.Pretty(response.Body));
    }

    private static bool SameWord(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
