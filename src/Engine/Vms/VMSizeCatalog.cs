using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Vms;

/// <summary>The sizes of a region, read once for each session.</summary>
/// <remarks>Source: <c>ResourceSkus_List</c> with a filter on the region.</remarks>
internal static class VMSizeCatalog
{
    private const int MostProposals = 5;

    /// <summary>One size, if the subscription can have it there.</summary>
    /// <exception cref="ImageCmdletsException">InvalidVMSize: the region has no such size. SkuNotAvailable: not for this subscription.</exception>
    public static async Task<VMSize> ResolveAsync(Operation operation, string subscriptionId, string location, string name)
    {
        IReadOnlyDictionary<string, VMSize> sizes = await ReadAsync(operation, subscriptionId, location).ConfigureAwait(false);
        if (!sizes.TryGetValue(name, out VMSize? size))
        {
            throw new ImageCmdletsException(ErrorIds.InvalidVMSize, $"The region {location} has no size '{name}'.", name,
                Advice("Pass a size that the region offers", sizes.Values.Where(other => IsLike(other.Name, name))));
        }

        if (size.Restriction is not null)
        {
            throw new ImageCmdletsException(ErrorIds.SkuNotAvailable, $"The size '{size.Name}' is not available to this subscription in {location} ({size.Restriction}).",
                name, Advice("Pass another -Location, or another -Size", sizes.Values.Where(other => IsInsteadOf(other, size))));
        }

        return size;
    }

    private static Task<IReadOnlyDictionary<string, VMSize>> ReadAsync(Operation operation, string subscriptionId, string location) =>
        operation.Session.Cache.GetOrReadAsync<IReadOnlyDictionary<string, VMSize>>($"sizes {subscriptionId} {location}", async () =>
        {
            var sizes = new Dictionary<string, VMSize>(StringComparer.OrdinalIgnoreCase);
            string filter = "$filter=" + Uri.EscapeDataString($"location eq '{location}'");
            await operation.Arm.ListAsync($"/subscriptions/{subscriptionId}/providers/Microsoft.Compute/skus", ArmApiVersions.Skus, item =>
            {
                if (item.Text("resourceType") == "virtualMachines" && item.Text("name") is { } name)
                    sizes[name] = Map(item, name, location);
                return Task.CompletedTask;
            }, operation.CancellationToken, filter).ConfigureAwait(false);
            return sizes;
        });

    private static VMSize Map(JsonElement item, string name, string location)
    {
        var capabilities = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonElement capability in item.Items("capabilities"))
        {
            if (capability.Text("name") is { } key && capability.Text("value") is { } value)
                capabilities[key] = value;
        }

        JsonElement here = item.Items("locationInfo").FirstOrDefault(place => LocationCatalog.Same(place.Text("location"), location));
        JsonElement restriction = item.Items("restrictions").FirstOrDefault(found =>
            found.Text("type") == "Location" && found.Texts("restrictionInfo", "locations").Concat(found.Texts("values")).Any(place => LocationCatalog.Same(place, location)));
        return new VMSize(name, capabilities, here.Texts("zones"))
        {
            Family = item.Text("family"),
            Restriction = restriction.ValueKind == JsonValueKind.Undefined ? null : restriction.Text("reasonCode") ?? "restricted",
        };
    }

    private static string Advice(string advice, IEnumerable<VMSize> candidates)
    {
        string[] names = [.. candidates.Where(size => size.Restriction is null).Select(size => size.Name)
            .OrderBy(name => name, StringComparer.OrdinalIgnoreCase).Take(MostProposals)];
        return names.Length == 0 ? advice + "." : $"{advice}, such as {string.Join(", ", names)}.";
    }

    private static bool IsInsteadOf(VMSize other, VMSize size) => other.Architecture == size.Architecture && other.Cores == size.Cores;

    // Of the same family, as far as the name tells: Standard_D2s_v9 is like Standard_D2s_v5.
    private static bool IsLike(string name, string wanted)
    {
        int version = wanted.LastIndexOf("_v", StringComparison.OrdinalIgnoreCase);
        string stem = version > 0 ? wanted.Substring(0, version) : wanted.Substring(0, Math.Min(wanted.Length, "Standard_D".Length));
        return name.StartsWith(stem, StringComparison.OrdinalIgnoreCase);
    }
}
