using System.Text;
using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Vms;

/// <summary>What a machine is tied to that is there already: identities, backend pools, a proximity placement group.</summary>
/// <remarks>Source: <c>UserAssignedIdentities_Get</c>, <c>LoadBalancers_Get</c>, <c>ProximityPlacementGroups_Get</c>.</remarks>
internal static class VMTies
{
    /// <summary>An identity of the machine's own.</summary>
    public const string SystemIdentity = "System";

    private const int MostCustomData = 65535;
    private const string PoolSegment = "/backendAddressPools/";

    /// <summary>Adds what is wrong with what was asked for, as far as it shows without asking Azure.</summary>
    public static void Check(NewVMOptions options, Problems problems)
    {
        foreach (string identity in options.Identity.Where(identity => !IsSystem(identity)))
            CheckId(identity, ResourceTypes.UserAssignedIdentity, "a user-assigned identity", $"Pass {SystemIdentity}, or the id of a user-assigned identity.", problems);
        foreach (string pool in options.LoadBalancerPoolId)
            CheckId(pool, ResourceTypes.LoadBalancerPool, "a backend pool", "Pass the id of a backend pool of a load balancer.", problems);
        if (options.CustomData is { } data && Encoding.UTF8.GetByteCount(data) > MostCustomData)
            problems.Add(ErrorIds.InvalidArgument, $"Custom data has {MostCustomData} bytes at the most, not {Encoding.UTF8.GetByteCount(data)}.", nameof(options.CustomData), "Have the guest fetch what is larger.");
        if (!options.Spot && (options.EvictionPolicy is not null || options.MaxPrice is not null))
            problems.Add(ErrorIds.InvalidArgument, "Only spot machines have an eviction policy and a price limit.", nameof(options.Spot), "Pass -Spot too, or leave -EvictionPolicy and -MaxPrice out.");
        if (options.MaxPrice is <= 0)
            problems.Add(ErrorIds.InvalidArgument, $"An hour of a machine does not cost {options.MaxPrice}.", nameof(options.MaxPrice), "Pass a positive price in US dollars, or leave -MaxPrice out.");
    }

    /// <summary>Whether it means the machine's own identity; az writes it in brackets.</summary>
    public static bool IsSystem(string identity) => string.Equals(identity.Trim('[', ']'), SystemIdentity, StringComparison.OrdinalIgnoreCase);

    /// <summary>The backend pools that are in a region; those of others serve machines of theirs.</summary>
    /// <exception cref="ImageCmdletsException">ResourceNotFound; RegionMismatch: none is in the region.</exception>
    public static async Task<IReadOnlyList<string>> PoolsAsync(Operation operation, NewVMOptions options, string location)
    {
        var here = new List<string>();
        foreach (string pool in options.LoadBalancerPoolId)
        {
            JsonElement balancer = await ReadAsync(operation, pool.Substring(0, pool.IndexOf(PoolSegment, StringComparison.OrdinalIgnoreCase)), "load balancer").ConfigureAwait(false);
            if (!balancer.Items("properties", "backendAddressPools").Any(one => string.Equals(one.Text("id"), pool, StringComparison.OrdinalIgnoreCase)))
                throw new ImageCmdletsException(ErrorIds.ResourceNotFound, $"The load balancer '{balancer.Text("name")}' has no backend pool '{ResourceId.TryParse(pool)!.Name}'.", pool);
            if (LocationCatalog.Same(balancer.Text("location"), location))
                here.Add(pool);
        }

        return here.Count > 0 || options.LoadBalancerPoolId.Count == 0
            ? here
            : throw new ImageCmdletsException(ErrorIds.RegionMismatch, $"None of the backend pools is in {location}.", location, "Pass a backend pool of each region.");
    }

    /// <summary>The id of the proximity placement group; null where none was asked for.</summary>
    /// <exception cref="ImageCmdletsException">InvalidResourceId, ResourceNotFound, RegionMismatch.</exception>
    public static async Task<string?> ProximityAsync(Operation operation, NewVMOptions options, string subscriptionId, string location)
    {
        if (options.ProximityPlacementGroup is not { } wanted)
            return null;

        string id = wanted.IndexOf('/') < 0 ? ResourceId.Of(subscriptionId, options.ResourceGroupName, ResourceTypes.ProximityPlacementGroup, wanted).Text : wanted;
        if (ResourceId.TryParse(id)?.Is(ResourceTypes.ProximityPlacementGroup) != true)
            throw new ImageCmdletsException(ErrorIds.InvalidResourceId, $"'{wanted}' is not the id of a proximity placement group.", wanted);

        JsonElement group = await ReadAsync(operation, id, "proximity placement group").ConfigureAwait(false);
        return LocationCatalog.Same(group.Text("location"), location)
            ? id
            : throw new ImageCmdletsException(ErrorIds.RegionMismatch, $"The proximity placement group '{group.Text("name")}' is in {group.Text("location")}, the machine is to be in {location}.", id);
    }

    /// <summary>Makes sure that the user-assigned identities are there.</summary>
    /// <exception cref="ImageCmdletsException">ResourceNotFound.</exception>
    public static async Task RequireIdentitiesAsync(Operation operation, NewVMOptions options)
    {
        foreach (string identity in options.Identity.Where(identity => !IsSystem(identity)))
            await ReadAsync(operation, identity, "user-assigned identity").ConfigureAwait(false);
    }

    private static void CheckId(string id, string type, string noun, string advice, Problems problems)
    {
        if (ResourceId.TryParse(id)?.Is(type) != true)
            problems.Add(ErrorIds.InvalidResourceId, $"'{id}' is not the id of {noun}.", id, advice);
    }

    /// <summary>Something that has to be there.</summary>
    /// <exception cref="ImageCmdletsException">ResourceNotFound.</exception>
    public static async Task<JsonElement> ReadAsync(Operation operation, string id, string noun)
    {
        ArmAnswer? found = await operation.Arm.FindAsync(id, ArmApiVersions.For(ResourceId.TryParse(id)!.ResourceType!), operation.CancellationToken).ConfigureAwait(false);
        return found?.Body ?? throw new ImageCmdletsException(ErrorIds.ResourceNotFound, $"There is no {noun} '{id}'.", id);
    }
}
