using System.Text.RegularExpressions;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Tracking;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Leftovers;

/// <summary>What Packer's builder azure-arm left. It puts no tag of its own on anything; what it makes for one build has one random part in
/// all its names.</summary>
/// <remarks>Source: hashicorp/packer-plugin-azure, tempname.go: <c>pkr-Resource-Group-</c>, <c>pkrvm</c>, <c>pkrni</c>, <c>pkrip</c>,
/// <c>pkrvn</c>, <c>pkrsg</c>, <c>pkros</c>, <c>pkrdd</c>, <c>pkrkv</c>, each with the same ten letters and digits. A name alone can be
/// anybody's, so two kinds with one random part are needed, or the group of it. Builds with names of the user's own are not recognised.</remarks>
internal static class PackerLeftovers
{
    // While Packer captures, its machine has stopped: for that long what looks given up may be at its last step.
    private static readonly TimeSpan s_capture = TimeSpan.FromHours(1);

    private static readonly Regex s_group = new("^pkr-Resource-Group-([a-z0-9]{10})$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
    private static readonly Regex s_name = new("^pkr(vm|ni|ip|vn|sg|os|dd|kv)([a-z0-9]{10})(-[0-9]+)?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static readonly Dictionary<string, string> s_types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["vm"] = ResourceTypes.VirtualMachine,
        ["ni"] = ResourceTypes.NetworkInterface,
        ["ip"] = ResourceTypes.PublicIPAddress,
        ["vn"] = ResourceTypes.VirtualNetwork,
        ["sg"] = ResourceTypes.NetworkSecurityGroup,
        ["os"] = ResourceTypes.Disk,
        ["dd"] = ResourceTypes.Disk,
        ["kv"] = ResourceTypes.KeyVault,
    };

    public static async Task<IReadOnlyList<Leftover>> FindAsync(LeftoverScene scene)
    {
        var found = new List<Leftover>();
        foreach (IGrouping<string, SeenResource> build in scene.Survey.All.Concat(scene.Groups).Where(resource => BuildOf(resource) is not null)
            .GroupBy(resource => $"{resource.Id.ResourceGroupName}/{BuildOf(resource)}", StringComparer.OrdinalIgnoreCase))
        {
            if (build.Select(KindOf).Distinct(StringComparer.OrdinalIgnoreCase).Count() >= 2 || build.Any(IsGroup))
                found.AddRange(await OfBuildAsync(scene, [.. build]).ConfigureAwait(false));
        }

        return found;
    }

    /// <summary>Whether something has a name that Packer gives, for whichever build.</summary>
    public static bool HasName(SeenResource resource) => BuildOf(resource) is not null;

    private static async Task<IEnumerable<Leftover>> OfBuildAsync(LeftoverScene scene, SeenResource[] build)
    {
        string random = BuildOf(build[0])!;
        string? use = await UseAsync(scene, build).ConfigureAwait(false);
        string others = string.Join(", ", build.Select(resource => resource.Id.Name).OrderBy(name => name, StringComparer.OrdinalIgnoreCase).Take(3));

        // Azure's lists write the group in different casings.
        string kit = $"Packer {build[0].Id.ResourceGroupName} {random}";
        return build.Select(resource => new Leftover(resource, LeftoverMaker.Packer, kit,
            $"Packer gives such names to all it makes for one build ({others} have '{random}' in common), and removes it at the end.")
        {
            InUse = use,
        });
    }

    private static async Task<string?> UseAsync(LeftoverScene scene, SeenResource[] build)
    {
        foreach (SeenResource machine in build.Where(resource => resource.Id.Is(ResourceTypes.VirtualMachine)))
        {
            if (await VMReader.FindAsync(scene.Operation, machine.Id.Text).ConfigureAwait(false) is not { } vm)
                continue;

            if (VMMapper.PowerState(vm) is "Running" or "Starting")
                return $"The machine '{machine.Id.Name}' runs: Packer may be building.";
            if (scene.Survey.All.FirstOrDefault(image => image.IsUnderWay && !image.IsGoing && machine.Id.Equals(ResourceId.TryParse(CapturedFrom(image)))) is { } capture)
                return $"'{capture.Id.Name}' is being made of the machine '{machine.Id.Name}'.";
        }

        // Packer publishes an image while its machine is still there, and lists do not say of what a version is made.
        if (build.Any(resource => resource.Id.Is(ResourceTypes.VirtualMachine)) && scene.Survey.Of(ResourceTypes.GalleryImageVersion).FirstOrDefault(version => version.IsUnderWay && !version.IsGoing) is { } published)
            return $"The image version '{published.Id.Name}' of '{published.Id.ParentName}' is being made: Packer may be publishing.";

        DateTimeOffset? youngest = build.Max(resource => resource.TimeCreated);
        if (build.Any(resource => resource.IsUnderWay && !resource.IsGoing))
            return "Azure is still making or changing a part of it.";
        return youngest is { } time && scene.Operation.Clock.UtcNow - time < s_capture ? "It was made less than an hour ago: Packer may be building." : null;
    }

    private static string? CapturedFrom(SeenResource image) =>
        image.Body.Text("properties", "sourceVirtualMachine", "id") ?? image.Body.Text("properties", "storageProfile", "source", "id") ?? image.Body.Text("properties", "storageProfile", "source", "virtualMachineId");

    private static string? BuildOf(SeenResource resource)
    {
        if (IsGroup(resource))
            return s_group.Match(resource.Id.Name).Groups[1].Value;

        Match match = s_name.Match(resource.Id.Name);
        return match.Success && resource.Id.Is(s_types[match.Groups[1].Value]) ? match.Groups[2].Value : null;
    }

    private static bool IsGroup(SeenResource resource) => resource.Id.ResourceType is null && s_group.IsMatch(resource.Id.Name);

    private static string KindOf(SeenResource resource) => IsGroup(resource) ? "group" : s_name.Match(resource.Id.Name).Groups[1].Value;
}
