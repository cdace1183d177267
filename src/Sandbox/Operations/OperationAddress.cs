using System.Globalization;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Operations;

/// <summary>Makes the addresses under which an operation is watched, in the long form of 2024.</summary>
internal static class OperationAddress
{
    // Lengths of the recorded parts: certificate, RSA signature, SHA-256.
    private const int CertificateBytes = 1796;
    private const int SignatureBytes = 256;
    private const int HashBytes = 32;

    /// <summary>Adds the headers that tell the client where to look.</summary>
    public static ArmResponse Announce(
        RequestContext context, LongRunningOperation operation, OperationProfile profile, ArmResponse response)
    {
        if (profile.AsyncHeader)
            response.With("Azure-AsyncOperation", Address(context, operation, profile, profile.Segment, monitor: false));
        if (profile.LocationHeader)
        {
            string segment = profile.LocationSegment ?? profile.Segment;
            response.With("Location", Address(context, operation, profile, segment, profile.LocationSegment is null));
        }

        if (profile.Notifies) response.With("Azure-AsyncNotification", "Enabled");
        if (profile.RetryAfter is { } seconds && profile.TellsWait(context.ApiVersion))
            response.With("Retry-After", seconds.ToString(CultureInfo.InvariantCulture));
        return response;
    }

    private static string Address(
        RequestContext context, LongRunningOperation operation, OperationProfile profile, string segment, bool monitor)
    {
        string root = context.Request.Uri.GetLeftPart(UriPartial.Authority);
        string location = operation.Arguments["location"]!.GetValue<string>();
        // The region keeps the casing of the client's request; a blank in it is dropped, as it is in a region's short name.
        return $"{root}/subscriptions/{operation.SubscriptionId}/providers/{profile.Namespace}/locations/" +
               $"{location.Replace(" ", string.Empty)}/{segment}/{operation.Id}{Query(context, operation, monitor)}";
    }

    private static string Query(RequestContext context, LongRunningOperation operation, bool monitor)
    {
        string partition = new Guid(context.World.Ids.Derive($"{operation.Id}|p", 16)).ToString();
        return $"?p={partition}{(monitor ? "&monitor=true" : string.Empty)}&{Sign(context, operation, $"{monitor}")}";
    }

    /// <summary>Version and signature as ARM appends them since late 2023; together about 3,000 characters.</summary>
    public static string Sign(RequestContext context, LongRunningOperation operation, string purpose)
    {
        string certificate = Base64Url(context.World.Ids.Derive("certificate", CertificateBytes));
        string signature = Base64Url(context.World.Ids.Derive($"{operation.Id}|s|{purpose}", SignatureBytes));
        string hash = Base64Url(context.World.Ids.Derive($"{operation.Id}|h|{purpose}", HashBytes));
        return $"api-version={context.ApiVersion}&t={operation.Start.UtcTicks}&c=MII{certificate}&s={signature}&h={hash}";
    }

    /// <summary>Base64 for addresses, without padding.</summary>
    public static string Base64Url(byte[] bytes) =>
        Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
