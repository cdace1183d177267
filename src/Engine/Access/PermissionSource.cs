using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Engine.Access;

/// <summary>What an operation begins with, and the disks behind it.</summary>
/// <param name="Id">The machine, image, version, definition, gallery, disk or snapshot.</param>
/// <param name="DiskId">The disks of a machine, or those that an image was made of; the resource group where they cannot be read.</param>
internal sealed record PermissionSource(ResourceId Id, IReadOnlyList<string> DiskId)
{
    /// <summary>The resource group that it is in.</summary>
    public string Group => ResourceId.OfGroup(Id.SubscriptionId, Id.ResourceGroupName!).Text;

    /// <summary>Reads a source as far as the session may.</summary>
    /// <exception cref="ImageCmdletsException">InvalidResourceId: nothing that images are made of.</exception>
    public static async Task<PermissionSource> ReadAsync(Operation operation, string text)
    {
        ResourceId id = Require(text);
        if (id.Is(ResourceTypes.Disk) || id.Is(ResourceTypes.Snapshot))
            return new PermissionSource(id, [id.Text]);
        if (!id.Is(ResourceTypes.VirtualMachine) && !id.Is(ResourceTypes.Image))
            return new PermissionSource(id, []);

        var source = new PermissionSource(id, []);
        try
        {
            ArmAnswer answer = await OtherTenant.AskAsync(operation, id.SubscriptionId, there => there.Arm.GetAsync(id.Text, ArmApiVersions.Compute, there.CancellationToken)).ConfigureAwait(false);
            return source with { DiskId = [.. DisksOf(answer.Body)] };
        }
        catch (ImageCmdletsException exception) when (exception.ErrorId is ErrorIds.AuthorizationFailed or ErrorIds.AuthenticationFailed)
        {
            operation.Verbose($"The disks of '{id.Name}' cannot be read; rights for all disks of its resource group are looked at.");
            return source with { DiskId = [source.Group] };
        }
    }

    /// <summary>The rights to read it.</summary>
    public IEnumerable<NeededRight> Reading(bool isOfTarget = false)
    {
        yield return new NeededRight($"{Id.ResourceType}/read", Id.Text, $"read '{Id.Name}'", IsLinked: true, isOfTarget);
        if (Id.Is(ResourceTypes.GalleryImageVersion))
            yield return new NeededRight("Microsoft.Compute/galleries/images/read", GalleryIds.ParentOf(Id).Text, "read what the version is a version of", IsOfTarget: isOfTarget);
        if (Id.Is(ResourceTypes.GalleryImage))
            yield return new NeededRight("Microsoft.Compute/galleries/images/versions/read", Id.Text, "read its versions, and use the latest", IsLinked: true, isOfTarget);
    }

    /// <summary>A right for each of its disks.</summary>
    public IEnumerable<NeededRight> OfDisks(string verb, string purpose, bool isLinked = false) => DiskId.Select(disk =>
    {
        string type = ResourceId.TryParse(disk)?.ResourceType ?? ResourceTypes.Disk;
        return new NeededRight($"{type}/{verb}", disk, purpose, isLinked);
    });

    private static IEnumerable<string> DisksOf(JsonElement body)
    {
        JsonElement storage = body.Find("properties", "storageProfile") ?? default;
        foreach (JsonElement disk in new[] { storage.Find("osDisk") ?? default }.Concat(storage.Items("dataDisks")))
        {
            if ((disk.Text("managedDisk", "id") ?? disk.Text("snapshot", "id")) is { } id)
                yield return id;
        }
    }

    private static ResourceId Require(string text)
    {
        string[] types =
        [
            ResourceTypes.VirtualMachine, ResourceTypes.Image, ResourceTypes.Disk, ResourceTypes.Snapshot, ResourceTypes.Gallery, ResourceTypes.GalleryImage,
            ResourceTypes.GalleryImageVersion,
        ];
        return ResourceId.TryParse(text) is { } id && types.Any(id.Is)
            ? id
            : throw new ImageCmdletsException(ErrorIds.InvalidResourceId, $"'{text}' is not the id of a machine, disk, snapshot, image, gallery or something in one.", text,
                "Pass the id of what the operation begins with: the machine, image, version, definition or gallery.");
    }
}
