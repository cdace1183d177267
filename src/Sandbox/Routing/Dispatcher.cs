using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Authorization;
using ImageCmdlets.Sandbox.Deployments;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Faults;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Locks;
using ImageCmdlets.Sandbox.Policies;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.RoleAssignments;
using ImageCmdlets.Sandbox.Versions;

namespace ImageCmdlets.Sandbox.Routing;

/// <summary>Takes a request through authentication, routing, the front end's checks, its handler and its faults.</summary>
internal sealed class Dispatcher(SandboxWorld world, IReadOnlyList<SandboxFault> faults)
{
    private const int LargestContent = 4 * 1024 * 1024;

    private readonly RouteResolver _resolver = new(world.Registry);
    private readonly ArmHeaders _headers = new(world);

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="counted">Told the method and the resource type of the request.</param>
    /// <exception cref="SandboxConnectionException">A fault cut the connection.</exception>
    public SandboxResponse Send(SandboxRequest request, Action<string> counted)
    {
        Route route = Find(request);
        counted($"{request.Method} {route.Operation?.Type.FullName ?? "unknown"}");
        SandboxFault? fault = FaultPlan.Choose(world, faults, Aim(request, route));
        if (fault is not null) ExchangeListener.Tell(request, null);
        (ArmResponse response, RequestContext? context) = Answer(request, route, fault, authenticate: true);
        byte[] body = FaultPlan.Spoil(fault, Write(request, response));
        var sent = new SandboxResponse(response.Status, _headers.Build(request, route.Path, context, response, body.Length), body)
        {
            Delay = fault?.Effect == SandboxFaultEffect.SlowAnswer ? fault.Delay : TimeSpan.Zero,
        };
        if (fault is null) ExchangeListener.Tell(request, sent);
        return sent;
    }

    /// <summary>
    /// Answers a request that the world makes of itself. It needs no token, is not counted, and meets the same faults as one
    /// from outside.
    /// </summary>
    public InnerAnswer Call(InnerRequest inner)
    {
        SandboxRequest request = inner.ToRequest();
        Route route = Find(request);
        SandboxFault? fault = FaultPlan.Choose(world, faults, Aim(request, route));
        try
        {
            (ArmResponse response, RequestContext? context) = Answer(request, route, fault, authenticate: false);
            return new InnerAnswer(response, context?.Started);
        }
        catch (SandboxConnectionException)
        {
            // Inside Azure a cut connection shows as a gateway error (recorded).
            return new InnerAnswer(GatewayErrors.BadGatewayConnection(route.Path.Namespace ?? string.Empty).ToResponse(), null);
        }
    }

    /// <summary>
    /// What the front end alone says to a request of the world; the provider is not asked, and nothing changes. Deployments
    /// look at all their resources so before they begin.
    /// </summary>
    /// <returns>The refusal; null when the request may go on to its provider.</returns>
    public ArmException? Check(InnerRequest inner)
    {
        SandboxRequest request = inner.ToRequest();
        try
        {
            CheckFrontEnd(Open(request, Find(request)));
            return null;
        }
        catch (ArmException refusal)
        {
            return refusal;
        }
    }

    private FaultTarget Aim(SandboxRequest request, Route route) => new(
        request.Method, route.Path.ToString(), route.Operation?.Name, route.Operation?.Action, () => Region(request, route));

    // Of what is to be made, of what is read from a region's own addresses, or of what is there.
    private string? Region(SandboxRequest request, Route route)
    {
        string? region = null;
        try
        {
            region = request.Body.Length == 0 ? null : JsonText.Parse(request.Body).Text("location");
        }
        catch (JsonException)
        {
            // The front end will say so.
        }

        if (region is null && route.Values?.TryGetValue("location", out region) != true)
            region = world.Store.Find(route.Path.Resource?.ToString())?.Location;
        return region is null ? null : Locations.Regions.Normalize(region);
    }

    private Route Find(SandboxRequest request)
    {
        var path = new ArmPath(request.Uri);
        (OperationDefinition Operation, IReadOnlyDictionary<string, string> Values)? found = _resolver.Find(request.Method, path);
        return new Route(path, new QueryString(request.Uri), found?.Operation, found?.Values);
    }

    private (ArmResponse Response, RequestContext? Context) Answer(
        SandboxRequest request, Route route, SandboxFault? fault, bool authenticate)
    {
        RequestContext? context = null;
        try
        {
            if (authenticate) Authentication.Check(request, ArmSandbox.Tenant, world.Now);
            if (authenticate && Known(route.Path) is { } subscription) world.RateLimits.AdmitFront(subscription, request.Method);
            context = Open(request, route);
            if (authenticate) RoleRules.Check(context);
            FaultPlan.StrikeBefore(fault, context);
            if (authenticate && context.Operation.RateLimit is { } policy) world.RateLimits.Admit(context, policy);
            ArmResponse response = AnswerVersion.Apply(context, Handle(context));
            FaultPlan.StrikeAfter(fault, context);
            return (response, context);
        }
        catch (ArmException refusal)
        {
            return (refusal.ToResponse(), context);
        }
    }

    private string? Known(ArmPath path) =>
        path.SubscriptionId is { } id && world.Store.Find($"/subscriptions/{id}") is not null ? id : null;

    private RequestContext Open(SandboxRequest request, Route route)
    {
        string version = route.Query["api-version"] ?? string.Empty;
        if (version.Length == 0) throw GatewayErrors.MissingApiVersion();
        FrontEnd.CheckSubscription(world, route.Path);
        OperationDefinition operation = route.Operation ?? throw _resolver.Explain(request.Method, route.Path, version);
        JsonObject body = Read(request, operation.Type.FullName == DeploymentSubject.TypeName);
        ResourceEntry? group = route.Path is { SubscriptionId: { } subscription, ResourceGroup: { } name }
            ? world.Store.FindGroup(subscription, name)
            : null;
        ResourceId? target = Target(route.Path, operation.Type, group);
        ResourceEntry? existing = world.Store.Find(target?.ToString());
        RouteResolver.CheckVersion(operation, version, body.Text("location") ?? existing?.Location);
        return new RequestContext(world, request, route)
        {
            Body = body,
            Group = group,
            Target = existing is null ? target : ResourceId.TryParse(existing.Id),
            Existing = existing,
        };
    }

    private static ArmResponse Handle(RequestContext context)
    {
        // Deleting what is gone is no error: 204, recorded for images, VMs, scale sets and disks.
        if (context.Request.Method == "DELETE" && context.Operation.NeedsResource && context.Existing is null)
        {
            FrontEnd.CheckGroup(context);
            return new ArmResponse(204);
        }

        CheckFrontEnd(context);
        PolicyRules.Check(context);
        return context.Operation.Handler(context);
    }

    private static void CheckFrontEnd(RequestContext context)
    {
        FrontEnd.CheckGroup(context);
        FrontEnd.CheckRegistration(context.World, context);
        FrontEnd.CheckResource(context);
        LockRules.Check(context);
        FrontEnd.CheckPut(context);
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

    private static JsonObject Read(SandboxRequest request, bool relaxed)
    {
        if (request.IsBodyTooLarge || request.Body.Length > LargestContent) throw GatewayErrors.RequestContentTooLarge();
        if (request.Body.Length == 0) return JsonText.NewObject();
        byte[] text = relaxed ? Encoding.UTF8.GetBytes(RelaxedJson.ToStrict(Encoding.UTF8.GetString(request.Body))) : request.Body;
        try
        {
            return JsonText.Parse(text) as JsonObject
                ?? throw GatewayErrors.InvalidRequestContent("Error converting value to type 'Newtonsoft.Json.Linq.JObject'.");
        }
        catch (JsonException refusal)
        {
            throw GatewayErrors.InvalidRequestContent(Explain(refusal, text));
        }
    }

    // In the words of the reader that ARM uses (Newtonsoft.Json).
    private static string Explain(JsonException refusal, byte[] text)
    {
        if (DuplicateName.Find(text) is { } twice)
            return $"Property with the name '{twice.Name}' already exists in the current JSON object. Line {twice.Line}, position {twice.Column}.";
        return $"Unexpected character encountered while parsing value. Path '{refusal.Path}', " +
            $"line {(refusal.LineNumber ?? 0) + 1}, position {refusal.BytePositionInLine ?? 0}.";
    }

    private static byte[] Write(SandboxRequest request, ArmResponse response)
    {
        if (request.Method == "HEAD") return [];
        if (response.RawText is { } text) return Encoding.UTF8.GetBytes(text);
        if (response.Body is null) return [];
        return Encoding.UTF8.GetBytes(response.FromGateway ? JsonText.Compact(response.Body) : JsonText.Pretty(response.Body));
    }

    private static bool SameWord(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
