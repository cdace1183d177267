using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Authorization;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Locations;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Routing;

/// <summary>A request on its way through its handler.</summary>
internal sealed class RequestContext(SandboxWorld world, SandboxRequest request, Route route)
{
    private static readonly Dictionary<string, string> s_noValues = [];

    private readonly Route _route = route;

    public SandboxWorld World { get; } = world;

    public SandboxRequest Request { get; } = request;

    public ArmPath Path { get; } = route.Path;

    public QueryString Query { get; } = route.Query;

    public OperationDefinition Operation { get; } =
        route.Operation ?? throw new ArgumentException("No operation.", nameof(route));

    /// <summary>Who asks.</summary>
    public Caller Caller => Callers[0];

    /// <summary>Who asks, and after it the callers of the request's auxiliary tokens.</summary>
    public IReadOnlyList<Caller> Callers { get; } = Caller.All(request);

    /// <summary>Values of the template's parameters.</summary>
    public IReadOnlyDictionary<string, string> Route { get; } = route.Values ?? s_noValues;

    public string ApiVersion => Query["api-version"] ?? string.Empty;

    public string SubscriptionId => Path.SubscriptionId ?? string.Empty;

    /// <summary>The request's body; an empty object when it has none.</summary>
    public JsonObject Body { get; init; } = JsonText.NewObject();

    /// <summary>The group of the path.</summary>
    public ResourceEntry? Group { get; init; }

    /// <summary>
    /// Id that the path names, with canonical casing of fixed segments and the casing of the group as it was created.
    /// </summary>
    public ResourceId? Target { get; init; }

    /// <summary>The resource that the path names, if it exists.</summary>
    public ResourceEntry? Existing { get; init; }

    /// <summary>The existing resource, where the registry has made sure of it.</summary>
    public ResourceEntry Resource => Existing ?? throw new InvalidOperationException($"{Path} has no resource.");

    /// <summary>The operation that the handler started, for the faults that make it fail.</summary>
    public LongRunningOperation? Started { get; private set; }

    public DateTimeOffset Now => World.Now;

    /// <summary>Location of a PUT body, short lower-case form.</summary>
    public string Location => Regions.Normalize(Body.Text("location") ?? Existing?.Location ?? string.Empty);

    /// <summary>The same request as if it asked for another, new resource: for what a provider makes by the way.</summary>
    public RequestContext For(ResourceId target, JsonObject body) =>
        new(World, Request, _route) { Body = body, Group = Group, Target = target };

    /// <summary>Starts a long-running operation; its effect is applied when virtual time has passed its end.</summary>
    /// <param name="kind">Kind registered with <see cref="SandboxRegistry.Effect"/>.</param>
    /// <param name="profile">Headers and duration.</param>
    /// <param name="subjectId">Resource that the operation changes.</param>
    /// <param name="location">Region as the client wrote it; it appears so in the operation's address.</param>
    /// <param name="arguments">What the effect needs to know.</param>
    public LongRunningOperation Begin(
        string kind, OperationProfile profile, string subjectId, string location, JsonObject? arguments = null)
    {
        Started = World.Operations.Begin(this, kind, profile, subjectId, location, arguments);
        return Started;
    }

    /// <summary>The answer that tells the client where to watch an operation.</summary>
    public ArmResponse Accepted(LongRunningOperation operation, OperationProfile profile, int status, JsonNode? body = null) =>
        OperationAddress.Announce(this, operation, profile, new ArmResponse(status, body) { OperationId = operation.Id });
}
