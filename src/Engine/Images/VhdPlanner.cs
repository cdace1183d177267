using System.Globalization;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Naming;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;
using ImageCmdlets.Engine.Vhds;

namespace ImageCmdlets.Engine.Images;

/// <summary>Works out what an image of VHDs is to be, which are in no resource group and say little of themselves. Changes nothing.</summary>
internal static class VhdPlanner
{
    public const string OperationName = "New-CustomImage";
    private const string UploadSku = "Standard_LRS";

    /// <summary>The plan of an image of files.</summary>
    /// <exception cref="ImageCmdletsException">FileNotFound, FileNotReadable, InvalidVhd, InvalidArgument, ResourceGroupNotFound.</exception>
    public static async Task<ImagePlan> PlanAsync(Operation operation, NewImageOptions options)
    {
        string name = Path.GetFileNameWithoutExtension(options.Source);
        ResourceId id = ImageId(operation, options, name, options.Source);
        string system = ImageRules.OSType(Path.GetFileName(options.Source), options.Source, null, options.OSType);
        string generation = options.HyperVGeneration?.ToUpperInvariant() ?? "V1";
        LocalVhd[] files = [LocalVhd.Read(options.Source), .. options.DataDiskSource.Select(LocalVhd.Read)];
        string location = await LocationAsync(operation, options, id).ConfigureAwait(false);
        VhdUpload[] uploads = [.. files.Select((file, i) => Upload(id, file, i, location, system, generation))];
        DiskReference[] data = [.. uploads.Skip(1).Select((upload, i) => new DiskReference { Lun = i, SourceId = upload.DiskId.Text, StorageAccountType = options.StorageAccountType })];
        return new ImagePlan(id, new ImageContent
        {
            Location = location,
            OSType = system,
            HyperVGeneration = generation,
            ZoneResilient = options.ZoneResilient,
            OSDisk = new DiskReference { SourceId = uploads[0].DiskId.Text, Caching = options.Caching, StorageAccountType = options.StorageAccountType },
            DataDisk = data,
            Tag = options.Tag ?? new Dictionary<string, string>(),
        })
        {
            SourceId = [.. uploads.Select(static upload => upload.DiskId.Text)],
            Upload = uploads,
        };
    }

    /// <summary>The id of an image of a VHD.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="options">What the user said.</param>
    /// <param name="name">The VHD's, without its extension.</param>
    /// <param name="source">The VHD, for errors.</param>
    /// <exception cref="ImageCmdletsException">InvalidArgument, InvalidResourceName.</exception>
    public static ResourceId ImageId(Operation operation, NewImageOptions options, string name, string source)
    {
        string group = options.ResourceGroupName
            ?? throw new ImageCmdletsException(ErrorIds.InvalidArgument, "A VHD is in no resource group that the image could be put into.", source, "Pass -ResourceGroupName.");
        ResourceId id = ResourceId.Of(options.SubscriptionId ?? operation.Session.SubscriptionId, group, ResourceTypes.Image, options.Name ?? name + "-image");
        ResourceNames.Require(ResourceTypes.Image, id.Name);
        return id;
    }

    /// <summary>The region of an image of a VHD: the one that was asked for, else the group's.</summary>
    /// <exception cref="ImageCmdletsException">ResourceGroupNotFound, InvalidLocation.</exception>
    public static async Task<string> LocationAsync(Operation operation, NewImageOptions options, ResourceId id)
    {
        string ofGroup = await ResourceGroups.RequireAsync(operation, id.SubscriptionId!, id.ResourceGroupName!).ConfigureAwait(false);
        return await LocationCatalog.ResolveAsync(operation, id.SubscriptionId!, options.Location ?? ofGroup).ConfigureAwait(false);
    }

    // The name says what goes where: another run finds its disk again, and never that of a file that has other bytes.
    private static VhdUpload Upload(ResourceId image, LocalVhd file, int index, string location, string system, string generation)
    {
        string step = index == 0 ? "os" : "lun" + (index - 1).ToString(CultureInfo.InvariantCulture);
        string hash = StableHash.Of(16, image.Text, file.UniqueId, file.Length.ToString(CultureInfo.InvariantCulture), file.LastWriteTime.Ticks.ToString(CultureInfo.InvariantCulture));
        ResourceId disk = ResourceId.Of(image.SubscriptionId, image.ResourceGroupName!, ResourceTypes.Disk, $"imageupload-{hash}-{step}");
        return new VhdUpload(file, disk, new DiskContent
        {
            SourceId = null,
            UploadLength = file.Length,
            Location = location,
            Sku = UploadSku,
            OSType = index == 0 ? system : null,
            HyperVGeneration = index == 0 ? generation : null,
            Tag = OperationTags.For(OperationName, "upload-" + step, image.Text),
        });
    }
}
