using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.ResourceGroups;

/// <summary>Jobs of ARM itself on a group: 202 with a Location only, polled with 202 until their outcome (recorded for deletions).</summary>
internal static class GroupJobs
{
    // Key of an argument: the job succeeds without a body, as 204 and not as 200.
    private const string Silent = "silent";
    private const int RetryAfter = 15;

    public static void Register(SandboxRegistry registry)
    {
        ResourceType results = registry.Add(new ResourceType("Microsoft.Resources", "operationresults", ResourceGroupSubject.ApiVersions)
        {
            Tracked = false,
            NeedsLocation = false,
        });
        registry.Map("GET", "/subscriptions/{subscriptionId}/operationresults/{job}", "OperationResults_Get", results, Poll);
    }

    /// <summary>Begins a job.</summary>
    /// <param name="context">The request.</param>
    /// <param name="kind">Kind of the operation.</param>
    /// <param name="name">Name of the job: <c>RESOURCEGROUPDELETIONJOB</c>.</param>
    /// <param name="subjectId">What the job is about.</param>
    /// <param name="duration">How long it takes.</param>
    /// <param name="arguments">What its effect needs to know.</param>
    /// <param name="silent">Whether it ends with 204.</param>
    public static LongRunningOperation Begin(
        RequestContext context, string kind, string name, string subjectId, TimeSpan duration, JsonObject? arguments = null, bool silent = false)
    {
        ResourceEntry group = context.Group!;
        // Deletions carry group and region alone (recorded); of the others there may be several for a group.
        string more = arguments is null ? string.Empty : $"-{context.World.Ids.NextGuid($"job|{kind}|{subjectId}")}";
        string text = JsonText.Compact(new JsonObject
        {
            ["jobId"] = $"{name}-{group.Name}-{group.Location}{more}".ToUpperInvariant(),
            ["jobLocation"] = group.Location,
        });
        JsonObject all = arguments ?? JsonText.NewObject();
        all["job"] = OperationAddress.Base64Url(Encoding.UTF8.GetBytes(text));
        if (silent) all[Silent] = true;
        var profile = new OperationProfile("Microsoft.Resources", "operationresults", duration);
        return context.Begin(kind, profile, subjectId, group.Location!, all);
    }

    /// <summary>202 with the address to look at.</summary>
    public static ArmResponse Watch(RequestContext context, LongRunningOperation operation)
    {
        string root = context.Request.Uri.GetLeftPart(UriPartial.Authority);
        string address = $"{root}/subscriptions/{operation.SubscriptionId}/operationresults/{operation.Arguments.Text("job")}";
        return ArmResponse.Gateway(202)
            .With("Location", $"{address}?{OperationAddress.Sign(context, operation, "job")}")
            .With("Retry-After", RetryAfter.ToString(CultureInfo.InvariantCulture));
    }

    private static ArmResponse Poll(RequestContext context)
    {
        LongRunningOperation operation = context.World.Operations.Latest(candidate =>
                candidate.Arguments.Text("job") == context.Route["job"] &&
                string.Equals(candidate.SubscriptionId, context.SubscriptionId, StringComparison.OrdinalIgnoreCase))
            ?? throw GatewayErrors.Gateway(404, "NotFound", "The job could not be found.");
        return operation.Status switch
        {
            OperationStatus.InProgress => Watch(context, operation),
            OperationStatus.Failed => ArmResponse.Gateway(409, new JsonObject { ["error"] = operation.Error?.DeepClone() }),
            _ when operation.Arguments.Flag(Silent) == true => ArmResponse.Gateway(204),
            _ => ArmResponse.Gateway(200, operation.Output?.DeepClone()),
        };
    }
}
