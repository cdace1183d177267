using System.Globalization;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Lineage;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;
using ImageCmdlets.Engine.Snapshots;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>Reads the source and the definition of an image version, and works out what it is to be. Changes nothing.</summary>
internal static class VersionPlanner
{
    private static readonly ResourceReader s_definitions = new(ResourceTypes.GalleryImage, ErrorIds.ImageNotFound);
    private static readonly SourceResolver s_dataDisks = new(ErrorIds.DiskNotFound, ResourceTypes.Disk, ResourceTypes.Snapshot);

    /// <exception cref="ImageCmdletsException">The first of all that is wrong; the message names the others.</exception>
    public static async Task<VersionPlan> PlanAsync(Operation operation, NewVersionOptions options)
    {
        Version? number = options.Version is null ? null : VersionNumber.Require(options.Version, ", or leave -Version out and let -Increment find the number");
        ResourceId definitionId = s_definitions.RequireId(options.DefinitionId);
        VersionSource source = await VersionSourceReader.ReadAsync(operation, options.Source).ConfigureAwait(false);
        ImageDefinition definition = await DefinitionAsync(operation, definitionId).ConfigureAwait(false);
        ImageGallery gallery = GalleryMapper.Gallery(await GalleryWalk.Galleries.ReadOneAsync(operation, GalleryIds.ParentOf(definitionId).Text).ConfigureAwait(false));
        IReadOnlyList<DiskReference> dataDisks = await DataDisksAsync(operation, options, source).ConfigureAwait(false);

        var problems = new Problems();
        VersionRules.Check(problems, source, definition);
        VersionRules.CheckLimits(problems, source, options, operation.Clock.UtcNow);
        IReadOnlyList<ImageTargetRegion> regions = await RegionsAsync(operation, definitionId, options, problems).ConfigureAwait(false);
        string? home = Home(source, regions, definition, problems);
        string? account = await StorageAccountAsync(operation, options, source, problems).ConfigureAwait(false);
        problems.ThrowIfAny();

        Dictionary<string, string> tags = VersionTags.For(OperationTags.CarriedOver(source.Tag, options.Tag), source.Id, source.Key, options.StageExcluded);
        await LineageNotes.WriteAsync(operation, tags, source.Tag, source.Origin).ConfigureAwait(false);
        bool isWhole = source.Kind is SourceKind.Machine or SourceKind.Image or SourceKind.Version;
        return new VersionPlan(definitionId, source, new GalleryVersionContent
        {
            Location = home!,
            SourceId = isWhole ? source.Id : null,
            OSDisk = isWhole ? null : new DiskReference { SourceId = source.Id },
            DataDisk = dataDisks,
            DataDiskLun = isWhole ? source.DataDiskLun : [.. dataDisks.Select(disk => disk.Lun ?? 0)],
            StorageAccountId = account,
            TargetRegion = regions.Count > 0 ? regions : [new ImageTargetRegion { Location = home! }],
            ReplicaCount = options.ReplicaCount,
            StorageAccountType = options.StorageAccountType,
            IsShallow = options.Shallow,
            ExcludeFromLatest = options.ExcludeFromLatest || options.StageExcluded,
            EndOfLifeDate = options.EndOfLifeDate,
            BlockDeletionBeforeEndOfLife = options.BlockDeletionBeforeEndOfLife,
            Tag = tags,
        })
        {
            Version = number,
            Increment = options.Increment,
            Major = options.Major,
            KeepsDeleted = gallery.SoftDelete,
        };
    }

    private static async Task<ImageDefinition> DefinitionAsync(Operation operation, ResourceId id)
    {
        try
        {
            ArmAnswer found = await operation.Arm.GetAsync(id.Text, ArmApiVersions.Galleries, operation.CancellationToken).ConfigureAwait(false);
            return GalleryMapper.Definition(found.Body);
        }
        catch (ArmOperationException exception) when (exception.Status == 404 && exception.ErrorId is not (ErrorIds.ResourceGroupNotFound or ErrorIds.SubscriptionNotFound))
        {
            throw new ImageCmdletsException(ErrorIds.ImageNotFound, $"The gallery '{id.ParentName}' has no image definition '{id.Name}'.", id.Text,
                "Make it with New-ImageDefinition -FromSource, or list what is there with Get-ImageDefinition.", exception);
        }
    }

    private static async Task<IReadOnlyList<ImageTargetRegion>> RegionsAsync(Operation operation, ResourceId id, NewVersionOptions options, Problems problems)
    {
        var regions = new List<ImageTargetRegion>();
        foreach (ImageTargetRegion wanted in options.TargetRegion)
        {
            if (await problems.TryAsync(() => LocationCatalog.ResolveAsync(operation, id.SubscriptionId, wanted.Location)).ConfigureAwait(false) is { } name)
                regions.Add(RegionList.In(wanted, name));
        }

        problems.Add(RegionList.Twice(regions, id.Text));
        return regions;
    }

    // Where the source can be read and the version is wanted; Azure makes it there and replicates from there.
    private static string? Home(VersionSource source, IReadOnlyList<ImageTargetRegion> regions, ImageDefinition definition, Problems problems)
    {
        string[] wanted = [.. regions.Select(region => region.Location)];
        string[] possible = source.Region.Count > 0 ? [.. source.Region] : wanted.Length > 0 ? wanted : [definition.Location!];
        string? home = possible.FirstOrDefault(region => wanted.Length == 0 || wanted.Contains(region));
        if (home is null)
        {
            problems.Add(ErrorIds.RegionMismatch, $"'{source.Name}' is in {string.Join(", ", possible)}, and a version is made where its source is; -TargetRegion names only {string.Join(", ", wanted)}.", source.Id,
                $"Add {possible[0]} to -TargetRegion.");
        }

        return home;
    }

    private static async Task<IReadOnlyList<DiskReference>> DataDisksAsync(Operation operation, NewVersionOptions options, VersionSource source)
    {
        if (options.DataDiskSource.Count > 0 && source.Kind is SourceKind.Machine or SourceKind.Image or SourceKind.Version)
        {
            throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"'{source.Name}' brings its own data disks.", source.Id, "Leave -DataDiskSource out, or pass the OS disk, snapshot or VHD as -Source.");
        }

        var disks = new List<DiskReference>();
        foreach (string wanted in options.DataDiskSource)
        {
            (string id, int? lun) = LunOf(wanted);
            if (VhdAddress.Is(id))
            {
                disks.Add(new DiskReference { SourceId = VhdAddress.Require(id).AbsoluteUri, Lun = lun });
                continue;
            }

            DiskFacts disk = await DiskReader.ReadAsync(operation, s_dataDisks.RequireId(id).Text).ConfigureAwait(false);
            SnapshotRestoring.RequireComplete(disk);
            ImageRules.RequireRegion(disk.Id.Name, disk.Id.Text, disk.Location, source.Region.Count > 0 ? source.Region[0] : null);
            disks.Add(new DiskReference { SourceId = disk.Id.Text, Lun = lun ?? SnapshotTags.Lun(disk.Tag) });
        }

        return DataDiskLuns.Assign(operation, disks);
    }

    private static (string Id, int? Lun) LunOf(string source)
    {
        int sign = source.LastIndexOf('=');
        return sign > 0 && int.TryParse(source.Substring(sign + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int lun) ? (source.Substring(0, sign), lun) : (source, null);
    }

    // Azure wants the account beside the address of a blob.
    private static async Task<string?> StorageAccountAsync(Operation operation, NewVersionOptions options, VersionSource source, Problems problems)
    {
        if (source.Kind != SourceKind.Vhd || options.StorageAccountId is not null)
            return options.StorageAccountId;

        string name = new Uri(source.Id).Host.Split('.')[0], subscription = ResourceId.TryParse(options.DefinitionId)!.SubscriptionId;
        string? account = null;
        await operation.Arm.ListAsync($"/subscriptions/{subscription}/providers/{ResourceTypes.StorageAccount}", ArmApiVersions.For(ResourceTypes.StorageAccount), item =>
        {
            if (string.Equals(item.Text("name"), name, StringComparison.OrdinalIgnoreCase))
                account = item.Text("id");
            return Task.CompletedTask;
        }, operation.CancellationToken).ConfigureAwait(false);
        if (account is null)
            problems.Add(ErrorIds.VhdNotFound, $"The subscription has no storage account '{name}'.", source.Id, "Pass the account's id with -StorageAccountId.");
        return account;
    }
}
