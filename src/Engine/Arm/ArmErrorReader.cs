using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure;

namespace ImageCmdlets.Engine.Arm;

/// <summary>Reads the error envelope of an answer and finds the module's ErrorId for it.</summary>
internal static class ArmErrorReader
{
    private const int DeepestNesting = 8;
    private static readonly Regex s_retryAfter = new("try again after '(?<seconds>[0-9]+)' seconds", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The exception for an answer with an error status.</summary>
    public static ArmOperationException Read(Response response, string? resourceId)
    {
        JsonElement body = ParseOrEmpty(response);
        return Build(response, FindError(body), resourceId, response.Status);
    }

    /// <summary>The exception for a long-running operation that ended as Failed or Canceled with HTTP 200.</summary>
    public static ArmOperationException ReadFailedOperation(ArmAnswer operation, string? resourceId) =>
        Build(operation.Response, FindError(operation.Body), resourceId, operation.Status);

    private static ArmOperationException Build(Response response, JsonElement error, string? resourceId, int status)
    {
        (string? innerCode, string? innerMessage, string? innerTarget) = Innermost(error, 0);
        string? code = error.Text("code");
        string? serviceMessage = innerMessage ?? error.Text("message");
        var details = new ArmErrorDetails
        {
            Status = status,
            Code = code,
            InnerCode = innerCode == code ? null : innerCode,
            ServiceMessage = serviceMessage,
            ServiceTarget = innerTarget ?? error.Text("target"),
            ResourceId = resourceId,
            RequestId = Header(response, "x-ms-request-id"),
            CorrelationId = Header(response, "x-ms-correlation-request-id"),
            RetryAfter = RetryAfterOf(response) ?? RetryAfterIn(serviceMessage),
        };
        ArmErrorMatch match = ArmErrorCatalog.Match(details);
        return new ArmOperationException(match.ErrorId, Describe(details), details, match.RecommendedAction);
    }

    private static string Describe(ArmErrorDetails details)
    {
        string text = details.ServiceMessage ?? "Azure gave no reason.";
        string code = details.Code is null ? string.Empty : " " + details.Code;
        string inner = details.InnerCode is null ? string.Empty : " > " + details.InnerCode;
        string request = details.RequestId is null ? string.Empty : $", request id {details.RequestId}";
        return $"{text} ({details.Status.ToString(CultureInfo.InvariantCulture)}{code}{inner}{request})";
    }

    // The envelope is {"error":{…}}; the marketplace and some front ends send the inner object alone, deployments nest it.
    private static JsonElement FindError(JsonElement body)
    {
        if (body.Find("error") is { ValueKind: JsonValueKind.Object } error)
            return error;

        return body.Find("properties", "error") ?? body;
    }

    // Deployments and the marketplace wrap the real reason in details, sometimes as JSON inside a message.
    private static (string? Code, string? Message, string? Target) Innermost(JsonElement error, int depth)
    {
        string? code = error.Text("code");
        string? message = error.Text("message");
        string? target = error.Text("target");
        if (depth >= DeepestNesting)
            return (code, message, target);

        foreach (JsonElement detail in error.Items("details").Concat(EmbeddedErrors(message)))
        {
            (string? innerCode, string? innerMessage, string? innerTarget) = Innermost(detail, depth + 1);
            if (innerMessage is not null && !innerMessage.StartsWith("{", StringComparison.Ordinal))
                return (innerCode ?? code, innerMessage, innerTarget);
        }

        return (code, message, target);
    }

    private static IEnumerable<JsonElement> EmbeddedErrors(string? message)
    {
        if (message is null || !message.TrimStart().StartsWith("{", StringComparison.Ordinal))
            return [];

        try
        {
            using JsonDocument document = JsonDocument.Parse(message);
            return [FindError(document.RootElement).Clone()];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static JsonElement ParseOrEmpty(Response response)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(response.Content.ToMemory());
            return document.RootElement.Clone();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // 5xx answers of proxies come empty or as HTML; the status alone decides then.
            return default;
        }
    }

    /// <summary>The wait Azure asks for, in seconds or as a date; null when it does not say.</summary>
    public static TimeSpan? RetryAfterOf(Response response)
    {
        if (long.TryParse(Header(response, "x-ms-retry-after-ms") ?? Header(response, "retry-after-ms"), out long milliseconds))
            return TimeSpan.FromMilliseconds(Math.Max(0, milliseconds));

        string? text = Header(response, "Retry-After");
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds))
            return TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue));

        bool dates = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset until);
        DateTimeOffset? now = response.Headers.Date;
        return dates && now is not null && until > now ? until - now : null;
    }

    // The front end says the wait in its text too; a proxy that drops the header leaves that.
    private static TimeSpan? RetryAfterIn(string? message) =>
        message is not null && s_retryAfter.Match(message) is { Success: true } match
        && int.TryParse(match.Groups["seconds"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static string? Header(Response response, string name) =>
        response.Headers.TryGetValue(name, out string? value) ? value : null;
}
