using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;

namespace ImageCmdlets.Engine.Images;

/// <summary>Finds what <c>-Source</c> means: an id, a VHD's address, or a name in the resource group, as with az.</summary>
internal static class ImageSource
{
    private static readonly string[] s_types = [ResourceTypes.VirtualMachine, ResourceTypes.Disk, ResourceTypes.Snapshot];

    /// <summary>Whether a text is the address of a blob rather than an id or a name.</summary>
    public static bool IsAddress(string source) => source.IndexOf("://", StringComparison.Ordinal) > 0;

    /// <summary>The virtual machine, disk or snapshot that is meant.</summary>
    /// <exception cref="ImageCmdletsException">InvalidResourceId, InvalidArgument, VMNotFound.</exception>
    public static async Task<ResourceId> ResolveAsync(Operation operation, NewImageOptions options)
    {
        if (options.Source[0] == '/')
            return RequireId(options.Source, s_types);

        if (options.ResourceGroupName is not { } group)
        {
            throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"'{options.Source}' is a name, and no resource group says where to look for it.", options.Source,
                "Pass -ResourceGroupName, or the id of the virtual machine, disk or snapshot.");
        }

        string subscription = options.SubscriptionId ?? operation.Session.SubscriptionId;
        await ResourceGroups.RequireAsync(operation, subscription, group).ConfigureAwait(false);
        foreach (string type in s_types)
        {
            ResourceId id = ResourceId.Of(subscription, group, type, options.Source);
            if (await operation.Arm.FindAsync(id.Text, Arm.ArmApiVersions.For(type), operation.CancellationToken).ConfigureAwait(false) is not null)
                return id;
        }

        throw new ImageCmdletsException(ErrorIds.VMNotFound,
            $"The resource group '{group}' has no virtual machine, disk or snapshot '{options.Source}'.", options.Source);
    }

    /// <summary>The id of a disk or snapshot for a data disk.</summary>
    /// <exception cref="ImageCmdletsException">InvalidResourceId.</exception>
    public static ResourceId RequireDiskId(string source) => RequireId(source, [ResourceTypes.Disk, ResourceTypes.Snapshot]);

    /// <summary>The address of a VHD blob.</summary>
    /// <exception cref="ImageCmdletsException">InvalidArgument; the address itself is not in the message beyond its path, because it may hold a signature.</exception>
    public static Uri RequireBlob(string source)
    {
        bool isAddress = Uri.TryCreate(source, UriKind.Absolute, out Uri? uri);
        if (!isAddress || uri!.Scheme != Uri.UriSchemeHttps)
            throw Wrong(uri, "is not an https address of a VHD blob", "Pass the address as the storage account shows it, such as https://store.blob.core.windows.net/vhds/os.vhd.");
        if (uri.Query.Length > 0)
            throw Wrong(uri, "comes with a signature, which an image would keep and show", "Pass the address without what begins at '?': Azure reads the blob in the storage account itself.");
        if (!uri.AbsolutePath.EndsWith(".vhd", StringComparison.OrdinalIgnoreCase))
            throw Wrong(uri, "is no .vhd file", "Convert the disk to a VHD of fixed size first; Azure takes nothing else.");
        return uri;
    }

    private static ResourceId RequireId(string source, string[] types) =>
        ResourceId.TryParse(source) is { } id && Array.Exists(types, id.Is)
            ? id
            : throw new ImageCmdletsException(ErrorIds.InvalidResourceId, $"'{source}' is not the id of {(types.Length == 3 ? "a virtual machine, " : "a ")}disk or snapshot.", source);

    private static ImageCmdletsException Wrong(Uri? uri, string problem, string advice)
    {
        string shown = uri is null ? "The source" : $"'{uri.GetLeftPart(UriPartial.Path)}'";
        return new ImageCmdletsException(ErrorIds.InvalidArgument, $"{shown} {problem}.", uri?.GetLeftPart(UriPartial.Path), advice);
    }
}
