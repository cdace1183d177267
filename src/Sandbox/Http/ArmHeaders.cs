using System.Globalization;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Http;

/// <summary>The headers that every answer of ARM carries (all 16,803 recorded ones whose headers were kept).</summary>
internal sealed class ArmHeaders(SandboxWorld world)
{
    // The front end that the sandbox plays stands in one region, whatever the region of the resource.
    private const string FrontEndRegion = "WESTEUROPE";

    public List<KeyValuePair<string, string>> Build(
        SandboxRequest request, ArmPath path, RequestContext? context, ArmResponse response, int bodyLength)
    {
        DateTimeOffset now = world.Clock.GetUtcNow();
        string correlation = Correlation(request, path);
        var headers = new List<KeyValuePair<string, string>>();
        void Add(string name, string value) => headers.Add(new KeyValuePair<string, string>(name, value));

        Add("Cache-Control", "no-cache");
        Add("Pragma", "no-cache");
        Add("Content-Length", bodyLength.ToString(CultureInfo.InvariantCulture));
        if (bodyLength > 0) Add("Content-Type", response.RawText is null ? "application/json; charset=utf-8" : "text/html");
        Add("Expires", "-1");
        headers.AddRange(response.Headers);
        if (response.FailureCause is { } cause) Add("x-ms-failure-cause", cause);
        headers.AddRange(Limits(request, path, context, response));
        Add("x-ms-request-id", RequestId(request, path, response, correlation));
        Add("x-ms-correlation-request-id", correlation);
        string stamp = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        Add("x-ms-routing-request-id", $"{FrontEndRegion}:{stamp}:{correlation}");
        Add("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        Add("X-Content-Type-Options", "nosniff");
        Add("X-Cache", "CONFIG_NOCACHE");
        if (Echo(request) is { } client) Add("x-ms-client-request-id", client);
        Add("Date", ArmTime.Http(now));
        return headers;
    }

    // Answers of the front end about a missing or unauthenticated request count against nothing.
    private List<KeyValuePair<string, string>> Limits(
        SandboxRequest request, ArmPath path, RequestContext? context, ArmResponse response)
    {
        if (response.FailureCause is not null || path.SubscriptionId is not { } subscription) return [];
        var limits = new List<KeyValuePair<string, string>>(world.RateLimits.Subscription(subscription, request.Method));
        if (!response.FromGateway && context?.Operation.RateLimit is { } policy)
            limits.Add(new("x-ms-ratelimit-remaining-resource", world.RateLimits.Resource(context, policy)));
        return limits;
    }

    private string RequestId(SandboxRequest request, ArmPath path, ArmResponse response, string correlation)
    {
        if (response.OperationId is { } operation) return operation;
        return response.FromGateway ? correlation : world.RequestIds.NextGuid($"request|{request.Method}|{path}");
    }

    private string Correlation(SandboxRequest request, ArmPath path) =>
        request.Headers.TryGetValue("x-ms-correlation-request-id", out string? sent) && Guid.TryParse(sent, out Guid id)
            ? id.ToString()
            : world.RequestIds.NextGuid($"correlation|{request.Method}|{path}");

    private static string? Echo(SandboxRequest request) =>
        request.Headers.TryGetValue("x-ms-return-client-request-id", out string? wanted) &&
        string.Equals(wanted, "true", StringComparison.OrdinalIgnoreCase) &&
        request.Headers.TryGetValue("x-ms-client-request-id", out string? id)
            ? id
            : null;
}
