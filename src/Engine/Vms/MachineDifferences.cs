using System.Globalization;
using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Vms;

/// <summary>In what a machine, or the model of a scale set, that is there differs from the one that a command would make: what both have alike.</summary>
/// <remarks>Whatever Azure leaves out of its answer is no difference.</remarks>
internal static class MachineDifferences
{
    /// <summary>Adds a difference such as <c>size Standard_B2s, not Standard_D2s_v5</c>.</summary>
    public static void Compare(string what, string? there, string wanted, List<string> differences)
    {
        if (there is not null && !string.Equals(there, wanted, StringComparison.OrdinalIgnoreCase))
            differences.Add($"{what} {there}, not {wanted}");
    }

    /// <summary>Adds a difference where not the same are meant, in whatever order.</summary>
    public static void CompareSets(string what, IEnumerable<string> there, IEnumerable<string> wanted, List<string> differences)
    {
        var found = new HashSet<string>(there, StringComparer.OrdinalIgnoreCase);
        if (!found.SetEquals(wanted))
            differences.Add($"{what} ({string.Join(", ", found)}), not ({string.Join(", ", wanted)})");
    }

    /// <summary>Compares identities, proximity placement group and priority.</summary>
    /// <param name="resource">The machine or the set.</param>
    /// <param name="priority">What it says of its priority.</param>
    /// <param name="wanted">What the command would make.</param>
    /// <param name="platform">Where it would make it.</param>
    /// <param name="differences">Where to.</param>
    public static void CheckTies(JsonElement resource, string? priority, NewVMOptions wanted, VMPlatform platform, List<string> differences)
    {
        Compare("priority", priority ?? "Regular", wanted.Spot ? "Spot" : "Regular", differences);
        Compare("proximity placement group", resource.Text("properties", "proximityPlacementGroup", "id") ?? "none", platform.ProximityPlacementGroupId ?? "none", differences);
        string[] identities = resource.Find("identity", "userAssignedIdentities") is { ValueKind: JsonValueKind.Object } all ? [.. all.EnumerateObject().Select(one => one.Name)] : [];
        CompareSets("identities", resource.Text("identity", "type")?.IndexOf("SystemAssigned", StringComparison.OrdinalIgnoreCase) >= 0 ? [VMTies.SystemIdentity, .. identities] : identities,
            wanted.Identity.Select(one => VMTies.IsSystem(one) ? VMTies.SystemIdentity : one), differences);
    }

    /// <summary>Compares the backend pools of an IP configuration.</summary>
    public static void CheckPools(JsonElement configuration, VMPlatform platform, List<string> differences) =>
        CompareSets("backend pools", configuration.Items("properties", "loadBalancerBackendAddressPools").Select(pool => pool.Text("id")!), platform.LoadBalancerPoolId, differences);

    /// <summary>Compares the keys of an OS profile.</summary>
    public static void CheckKeys(JsonElement account, NewVMOptions wanted, List<string> differences)
    {
        string[] keys = [.. account.Items("linuxConfiguration", "ssh", "publicKeys").Select(key => KeyOf(key.Text("keyData") ?? string.Empty))];
        if (!new HashSet<string>(keys, StringComparer.Ordinal).SetEquals(wanted.SshPublicKey.Select(KeyOf)))
            differences.Add("other SSH public keys");
    }

    /// <summary>Compares data disks by their LUN: sizes in GiB, null where nobody says.</summary>
    public static void CheckDisks(SortedDictionary<int, int?> there, SortedDictionary<int, int?> wanted, List<string> differences)
    {
        bool isSame = wanted.Keys.SequenceEqual(there.Keys) && wanted.All(disk => disk.Value is null || there[disk.Key] is null || there[disk.Key] == disk.Value);
        if (!isSame)
            differences.Add($"data disks {Describe(there)}, not {Describe(wanted)}");
    }

    /// <summary>Compares the user's tags; those that somebody else added are no difference: policies do.</summary>
    public static void CheckTags(IReadOnlyDictionary<string, string> there, IReadOnlyDictionary<string, string>? wanted, List<string> differences)
    {
        foreach (KeyValuePair<string, string> tag in (wanted ?? new Dictionary<string, string>()).OrderBy(tag => tag.Key, StringComparer.Ordinal))
        {
            string? value = there.Where(other => string.Equals(other.Key, tag.Key, StringComparison.OrdinalIgnoreCase)).Select(other => other.Value).FirstOrDefault();
            if (value != tag.Value && !tag.Key.StartsWith(OperationTags.Prefix, StringComparison.OrdinalIgnoreCase))
                differences.Add(value is null ? $"no tag '{tag.Key}'" : $"the tag '{tag.Key}' with '{value}', not '{tag.Value}'");
        }
    }

    private static string Describe(SortedDictionary<int, int?> disks) => disks.Count == 0
        ? "none"
        : "(" + string.Join(", ", disks.Select(disk => $"LUN {disk.Key}: {disk.Value?.ToString(CultureInfo.InvariantCulture) ?? "?"} GiB")) + ")";

    // What stands behind the key itself is a comment.
    private static string KeyOf(string line) => string.Join(" ", line.Trim().Split(' ').Take(2));
}
