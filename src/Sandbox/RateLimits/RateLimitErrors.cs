using System.Globalization;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Authorization;
using ImageCmdlets.Sandbox.Errors;

namespace ImageCmdlets.Sandbox.RateLimits;

/// <summary>Refusals of calls that are too many.</summary>
internal static class RateLimitErrors
{
    /// <summary>
    /// The front end's. The code is recorded; the text is that of the token buckets since 2024, and names the caller.
    /// </summary>
    public static ArmException Subscription(string subscriptionId, string kind, int seconds) => new(429, new ArmError(
        "SubscriptionRequestsThrottled",
        $"Number of '{kind}' requests for subscription '{subscriptionId}' actor '{Principal.ObjectId}' exceeded. " +
        $"Please try again after '{seconds}' seconds after additional tokens are available. " +
        "Refer to https://aka.ms/arm-throttling for additional information."))
    {
        FromGateway = true,
        Headers = RetryAfter(seconds),
    };

    /// <summary>Compute's, as Microsoft's page on its throttling errors shows it: the code of a 409 with the status 429.</summary>
    public static ArmException Provider(RateLimitBucket bucket, RateLimitWindow window, int seconds)
    {
        var numbers = new JsonObject
        {
            ["operationGroup"] = bucket.Name,
            ["startTime"] = Time(window.Start),
            ["endTime"] = Time(window.Start + bucket.Window),
            ["allowedRequestCount"] = bucket.Limit,
            ["measuredRequestCount"] = window.Used,
        };
        return new ArmException(429, new ArmError(
            "OperationNotAllowed",
            "The server rejected the request because too many requests have been received for this subscription.")
        {
            Details = [new ArmError("TooManyRequests", numbers.ToJsonString()) { Target = bucket.Name }],
            InnerError = new JsonObject { ["internalErrorCode"] = "TooManyRequestsReceived" },
        })
        {
            Headers = RetryAfter(seconds),
        };
    }

    private static KeyValuePair<string, string>[] RetryAfter(int seconds) =>
        [new("Retry-After", seconds.ToString(CultureInfo.InvariantCulture))];

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);
}
