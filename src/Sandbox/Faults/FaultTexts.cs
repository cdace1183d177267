namespace ImageCmdlets.Sandbox.Faults;

/// <summary>What Azure says most often with a status, in recorded words.</summary>
internal static class FaultTexts
{
    public static string Code(int status) => status switch
    {
        409 => "Conflict",
        429 => "TooManyRequests",
        502 => "BadGatewayConnection",
        503 => "ServerTimeout",
        504 => "GatewayTimeout",
        _ => "InternalServerError",
    };

    public static string Message(int status) => status switch
    {
        409 => "The request failed due to conflict with a concurrent request. To resolve it, please refer to " +
               "https://aka.ms/activitylog to get more details on the conflicting requests.",
        429 => "The server rejected the request because too many requests have been received for this subscription.",
        502 => "The network connectivity issue encountered for 'Microsoft.Compute'; cannot fulfill the request.",
        503 => "The request timed out.",
        504 => "The gateway did not receive a response from 'Microsoft.Compute' within the specified time period.",
        _ => "Encountered internal server error.",
    };
}
