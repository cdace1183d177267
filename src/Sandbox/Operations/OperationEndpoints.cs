using System.Globalization;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Operations;

/// <summary>The addresses under which a provider tells how an operation stands.</summary>
internal static class OperationEndpoints
{
    // A client that waits as the first answer told it polls then.
    private static readonly TimeSpan s_early = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Registers <c>locations/{location}/{segment}/{operationId}</c> of a provider, status and <c>monitor=true</c> in
    /// one.
    /// </summary>
    /// <param name="registry">Where to register.</param>
    /// <param name="resourceNamespace">Provider.</param>
    /// <param name="segment">Path segment.</param>
    /// <param name="apiVersions">Versions answered.</param>
    /// <param name="rateLimit">Bucket that polls draw from.</param>
    /// <param name="status">Body of the status; Compute's by default, Network's is shorter.</param>
    public static void Register(
        SandboxRegistry registry,
        string resourceNamespace,
        string segment,
        IReadOnlyList<string> apiVersions,
        RateLimitPolicy? rateLimit,
        Func<LongRunningOperation, JsonObject>? status = null)
    {
        Map(
            registry,
            resourceNamespace,
            segment,
            apiVersions,
            context => Answer(context, status ?? (static operation => operation.ToStatus())),
            rateLimit);
    }

    /// <summary>An address that gives an operation's result alone, as <c>monitor=true</c> does.</summary>
    public static void RegisterResults(
        SandboxRegistry registry, string resourceNamespace, string segment, IReadOnlyList<string> apiVersions) =>
        Map(registry, resourceNamespace, segment, apiVersions, static context => Result(context, Find(context)), null);

    private static void Map(
        SandboxRegistry registry,
        string resourceNamespace,
        string segment,
        IReadOnlyList<string> apiVersions,
        Func<RequestContext, ArmResponse> answer,
        RateLimitPolicy? rateLimit)
    {
        ResourceType type = registry.Add(
            new ResourceType(resourceNamespace, $"locations/{segment}", apiVersions) { Tracked = false, NeedsLocation = false });
        registry.Map(
            "GET",
            $"/subscriptions/{{subscriptionId}}/providers/{resourceNamespace}/locations/{{location}}/{segment}/{{operationId}}",
            $"{segment}_Get",
            type,
            answer,
            rateLimit);
    }

    private static ArmResponse Answer(RequestContext context, Func<LongRunningOperation, JsonObject> status)
    {
        LongRunningOperation operation = Find(context);
        return context.Query["monitor"] == "true"
            ? Result(context, operation)
            : WithRetryAfter(context, operation, ArmResponse.Ok(status(operation)));
    }

    // 202 while running is proven for Storage only (276 times); for Compute it was never recorded before the end.
    private static ArmResponse Result(RequestContext context, LongRunningOperation operation) => operation.Status switch
    {
        OperationStatus.InProgress => WithRetryAfter(
            context, operation, new ArmResponse(202).With("Location", context.Request.Uri.AbsoluteUri)),
        OperationStatus.Failed => new ArmResponse(200, operation.ToStatus()),
        _ => ArmResponse.Ok(operation.Output?.DeepClone()),
    };

    private static ArmResponse WithRetryAfter(RequestContext context, LongRunningOperation operation, ArmResponse response)
    {
        if (operation.Status != OperationStatus.InProgress || operation.RetryAfter is not { } seconds) return response;
        bool late = operation.RetryAfterIsEarly && context.Now - operation.Start > s_early;
        return late ? response : response.With("Retry-After", seconds.ToString(CultureInfo.InvariantCulture));
    }

    private static LongRunningOperation Find(RequestContext context)
    {
        string id = context.Route["operationId"];
        LongRunningOperation? operation = context.World.Operations.Find(id);
        bool mine = operation is not null &&
            string.Equals(operation.SubscriptionId, context.SubscriptionId, StringComparison.OrdinalIgnoreCase);
        return mine
            ? operation!
            : throw new ArmException(404, new ArmError("NotFound", "The entity was not found in this Azure location."));
    }
}
