using System.Text.RegularExpressions;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>What makes two requests the same: method, path and query, without the api-version, the casing of the path and the
/// subscription, which recorders mask.</summary>
internal sealed partial record RequestKey(string Method, string Path, string Query)
{
    public static RequestKey Of(string method, Uri uri)
    {
        string path = Uri.UnescapeDataString(uri.AbsolutePath).TrimEnd('/').ToLowerInvariant();
        IEnumerable<string> query = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(Uri.UnescapeDataString)
            .Where(part => !part.StartsWith("api-version=", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal);
        return new RequestKey(method, Subscription().Replace(path, "/subscriptions/*"), string.Join('&', query));
    }

    /// <summary>Whether a change of this path changes what the other shows: the resource, its parts and actions, the list it is in.</summary>
    public bool Changes(string other) => Path == other || Path.StartsWith(other + "/", StringComparison.Ordinal);

    [GeneratedRegex("^/subscriptions/[^/]+")]
    private static partial Regex Subscription();
}
