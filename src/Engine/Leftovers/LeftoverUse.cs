using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Tracking;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Leftovers;

/// <summary>Says who may still need a leftover: what is not left over itself, and does not go with it.</summary>
/// <param name="scene">What there is.</param>
/// <param name="all">Everything that was recognised.</param>
internal sealed class LeftoverUse(LeftoverScene scene, IReadOnlyList<Leftover> all)
{
    private const int MostNames = 3;

    // Who has a part of the network: paths below the properties of that part.
    private static readonly string[][] s_users = [["virtualMachine"], ["ipConfiguration"], ["networkInterfaces"], ["subnets"]];

    /// <summary>The leftovers with what keeps them; groups last, for they depend on what is in them.</summary>
    public async Task<IReadOnlyList<Leftover>> JudgeAsync()
    {
        var judged = new List<Leftover>();
        foreach (Leftover leftover in all.Where(item => item.Resource.Id.ResourceType is not null))
            judged.Add(await OfResourceAsync(leftover).ConfigureAwait(false));
        foreach (Leftover group in all.Where(item => item.Resource.Id.ResourceType is null))
            judged.Add(OfGroup(group, judged));
        return judged;
    }

    private async Task<Leftover> OfResourceAsync(Leftover leftover)
    {
        SeenResource resource = leftover.Resource;
        if (scene.LockOf(resource.Id) is { } name)
            return leftover with { InUse = $"The lock '{name}' keeps it.", IsLocked = true };
        if (leftover.InUse is not null)
            return leftover;
        if (!TemporaryRemoval.Knows(resource.Id.ResourceType))
            return leftover with { InUse = $"This module does not remove what is of the type {resource.Id.ResourceType}." };
        if (UserOf(leftover) is { } user)
            return leftover with { InUse = $"'{user.Name}' has it." };
        if (await RunsAsync(leftover).ConfigureAwait(false))
            return leftover with { InUse = "The machine runs." };

        return resource.IsAccessed
            ? leftover with { InUse = $"Access to its bytes is granted ({resource.DiskState}): somebody may be copying it.", IsOnlyAccessed = true }
            : leftover;
    }

    private Leftover OfGroup(Leftover group, IReadOnlyList<Leftover> judged)
    {
        SeenResource[] inside = [.. scene.Survey.In(group.Resource.Id.Name)];
        Leftover dated = group with { FirstCreated = inside.Min(resource => resource.TimeCreated) };
        if (scene.LockOf(group.Resource.Id) is { } name)
            return dated with { InUse = $"The lock '{name}' keeps it.", IsLocked = true };

        var own = new HashSet<ResourceId>(judged.Where(item => item.Kit == group.Kit).Select(item => item.Resource.Id));
        string[] foreign = [.. inside.Where(resource => !own.Contains(resource.Id) && !HasParentIn(resource.Id, own)).Select(resource => resource.Id.Name).OrderBy(text => text, StringComparer.OrdinalIgnoreCase)];
        if (foreign.Length > 0)
            return dated with { InUse = $"{foreign.Length} resource(s) in it are not of {group.Maker}: {string.Join(", ", foreign.Take(MostNames))}{(foreign.Length > MostNames ? " …" : string.Empty)}" };

        Leftover[] kept = [.. judged.Where(item => item.InUse is not null && Same(item.Resource.Id.ResourceGroupName, group.Resource.Id.Name))];
        return kept.Length == 0 ? dated : dated with { InUse = $"'{kept[0].Resource.Id.Name}' in it is in use.", IsOnlyAccessed = Array.TrueForAll(kept, item => item.IsOnlyAccessed) };
    }

    // What goes in one go with it does not use it.
    private ResourceId? UserOf(Leftover leftover)
    {
        var own = new HashSet<ResourceId>(all.Where(item => item.Kit == leftover.Kit).Select(item => item.Resource.Id));
        return UsersOf(leftover.Resource).FirstOrDefault(user => !own.Contains(user));
    }

    private static IEnumerable<ResourceId> UsersOf(SeenResource resource)
    {
        var users = new List<string?> { resource.ManagedBy };
        foreach (string[] path in s_users)
        {
            string[] whole = ["properties", .. path];
            users.Add(resource.Body.Text([.. whole, "id"]));
            users.AddRange(resource.Body.Items(whole).Select(item => item.Text("id")));
        }

        users.AddRange(resource.Body.Items("properties", "subnets").SelectMany(subnet => subnet.Items("properties", "ipConfigurations")).Select(item => item.Text("id")));
        return users.Select(HolderOf).OfType<ResourceId>().Where(user => !IsWithin(user, resource.Id));
    }

    // An ipConfiguration is in an interface, a subnet in a network.
    private static ResourceId? HolderOf(string? id)
    {
        if (ResourceId.TryParse(id) is not { ResourceType: { } type } parsed)
            return null;

        int parts = type.Split('/').Length - 2;
        string text = parsed.Text;
        for (int i = 0; i < parts * 2; i++)
            text = text.Substring(0, text.LastIndexOf('/'));
        return ResourceId.TryParse(text);
    }

    private async Task<bool> RunsAsync(Leftover leftover) =>
        leftover is { Maker: not LeftoverMaker.ImageCmdlets, Resource.IsGoing: false } && leftover.Resource.Id.Is(ResourceTypes.VirtualMachine)
        && await VMReader.FindAsync(scene.Operation, leftover.Resource.Id.Text).ConfigureAwait(false) is { } vm && VMMapper.PowerState(vm) is "Running" or "Starting";

    private static bool HasParentIn(ResourceId id, HashSet<ResourceId> own) => own.Any(other => IsWithin(id, other));

    private static bool IsWithin(ResourceId id, ResourceId other) =>
        id.Equals(other) || id.Text.StartsWith(other.Text + "/", StringComparison.OrdinalIgnoreCase);

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
