using System.Text.Json;
using System.Text.RegularExpressions;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Locations;

/// <summary>The regions of a subscription, read once for each session.</summary>
/// <remarks>Source: <c>Subscriptions_ListLocations</c>.</remarks>
internal static class LocationCatalog
{
    /// <summary>The short name of a region that was written short or as shown to people ("West Europe").</summary>
    /// <exception cref="ImageCmdletsException">InvalidLocation: the subscription has no such region.</exception>
    public static async Task<string> ResolveAsync(Operation operation, string? subscriptionId, string location) =>
        (await RequireAsync(operation, subscriptionId, location).ConfigureAwait(false)).Name;

    /// <summary>The region that was written short or as shown to people.</summary>
    /// <exception cref="ImageCmdletsException">InvalidLocation: the subscription has no such region.</exception>
    public static async Task<Region> RequireAsync(Operation operation, string? subscriptionId, string location)
    {
        string wanted = Normalize(location);
        IReadOnlyList<Region> known = await ReadAsync(operation, subscriptionId ?? operation.Session.SubscriptionId).ConfigureAwait(false);
        return known.FirstOrDefault(region => region.Name == wanted) ?? throw Unknown(location, wanted, known);
    }

    /// <summary>"East US" and "eastus" are the same region; Azure gives both, also for one and the same resource.</summary>
    public static string Normalize(string location) => location.Replace(" ", string.Empty).ToLowerInvariant();

    /// <summary>A region as the end of a name. No region has other characters; what has them is refused as a region, under an id that can
    /// be read.</summary>
    public static string NamePart(string location) => Regex.Replace(Normalize(location), "[^a-z0-9]", "-", RegexOptions.CultureInvariant);

    /// <summary>The region of a resource by its short name; null where Azure says none.</summary>
    public static string? Of(JsonElement resource) => resource.Text("location") is { } location ? Normalize(location) : null;

    /// <summary>Whether two texts name the same region.</summary>
    public static bool Same(string? a, string? b) => a is not null && b is not null && Normalize(a) == Normalize(b);

    private static Task<IReadOnlyList<Region>> ReadAsync(Operation operation, string subscriptionId) =>
        operation.Session.Cache.GetOrReadAsync<IReadOnlyList<Region>>("locations " + subscriptionId, async () =>
        {
            var regions = new List<Region>();
            await operation.Arm.ListAsync($"/subscriptions/{subscriptionId}/locations", ArmApiVersions.Subscriptions, item =>
            {
                if (item.Text("name") is { } name)
                    regions.Add(new Region(Normalize(name), item.Items("availabilityZoneMappings").Any()));
                return Task.CompletedTask;
            }, operation.CancellationToken).ConfigureAwait(false);
            return regions;
        });

    private static ImageCmdletsException Unknown(string location, string wanted, IReadOnlyList<Region> known)
    {
        string[] like = [.. known.Select(region => region.Name).Where(name => IsLike(name, wanted)).OrderBy(name => name, StringComparer.Ordinal).Take(5)];
        string advice = like.Length == 0
            ? "Pass a region of the subscription, such as westeurope."
            : $"Pass a region of the subscription, such as {string.Join(", ", like)}.";
        return new ImageCmdletsException(ErrorIds.InvalidLocation, $"The subscription has no region '{location}'.", location, advice);
    }

    private static bool IsLike(string name, string wanted)
    {
        int same = 0;
        while (same < name.Length && same < wanted.Length && name[same] == wanted[same])
            same++;
        return same >= 4;
    }
}
