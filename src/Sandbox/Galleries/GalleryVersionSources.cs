using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Images;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;
using static ImageCmdlets.Sandbox.Locations.Regions;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>Finds what the storage profile of an image version names, and refuses what Azure refuses.</summary>
internal static class GalleryVersionSources
{
    private const string Path = "properties.storageProfile.source.id";

    private static readonly string[] s_wholes = ["id", "virtualMachineId", "communityGalleryImageId"];

    /// <summary>The version of a request for a new one.</summary>
    public static GalleryVersionDraft Resolve(RequestContext context)
    {
        JsonObject profile = context.Body.Object("properties.storageProfile")
            ?? throw ComputeErrors.Missing($"{GalleryVersionErrors.Root}.storageProfile");
        JsonObject? whole = profile.Object("source");
        string[] named = [.. s_wholes.Where(name => whole.Text(name) is not null)];
        bool disks = NamesDisks(profile);
        if (named.Length + (disks ? 1 : 0) != 1) throw GalleryVersionErrors.OneSource();
        GalleryVersionDraft draft = disks
            ? GalleryDiskSources.Resolve(context, profile)
            : Whole(context, named[0], whole.Text(named[0])!) with { Source = whole!.Copy() };
        return GallerySourceRules.Check(context, GalleryDefinition.Of(context), draft);
    }

    /// <summary>Whether a request names any source.</summary>
    public static bool NamesSource(RequestContext context) =>
        context.Body.Object("properties.storageProfile") is { } profile &&
        (NamesDisks(profile) || s_wholes.Any(name => profile.Text($"source.{name}") is not null));

    private static bool NamesDisks(JsonObject profile) =>
        profile.Object("osDiskImage.source") is { Count: > 0 } ||
        profile.Items("dataDiskImages").Any(static disk => disk.Object("source") is { Count: > 0 });

    private static GalleryVersionDraft Whole(RequestContext context, string kind, string id)
    {
        if (kind == "communityGalleryImageId")
        {
            var reference = new JsonObject { [kind] = id };
            string target = $"{GalleryVersionErrors.Root}.storageProfile";
            return OfVersion(context, GalleryReferences.Find(context, reference, target), id);
        }

        ResourceId parsed = LinkedResource.Parse(context, id, Path);
        bool machine = parsed.IsOf(VmFacts.Type);
        if (kind == "virtualMachineId" && !machine) throw GalleryVersionErrors.SourceKind(id);
        if (machine) return GalleryMachineSource.Read(context, id);
        if (parsed.IsOf(ImageSubject.Type)) return OfImage(context, id);
        if (!parsed.IsOf(GalleryTypes.Version)) throw GalleryVersionErrors.SourceKind(id);
        return OfVersion(context, context.World.Store.Find(id, GalleryTypes.Version), id);
    }

    private static GalleryVersionDraft OfImage(RequestContext context, string id)
    {
        ResourceEntry? image = context.World.Store.Find(id, ImageSubject.Type);
        if (image is null || Normalize(image.Location!) != context.Location) throw GalleryVersionErrors.SourceNotFound(id);
        GalleryEncryption.CheckSource(context, id, image);
        if (image.ProvisioningState != "Succeeded") throw VmRequestErrors.ImageNotReady(context.Target!.Name, image.Name);
        GalleryVersionDisk Disk(int? lun, JsonObject shown) => new(
            lun, ImageDisks.Source(image, lun) ?? DiskSource.Empty, shown.Text("caching") ?? "None", null);

        JsonObject os = image.Body.Object("properties.storageProfile.osDisk")!;
        GalleryVersionDisk system = Disk(null, os);
        if (image.Body.Text("properties.hyperVGeneration") is { } generation)
            system.Source.Traits["hyperVGeneration"] = generation;
        return new GalleryVersionDraft(
        [
            system,
            .. image.Body.Items("properties.storageProfile.dataDisks").Select(disk => Disk((int)disk.Number("lun")!, disk)),
        ])
        {
            SourceId = id,
            OSState = os.Text("osState"),
        };
    }

    // Assumption: a version is read in the region of the new one, so it has to be there.
    private static GalleryVersionDraft OfVersion(RequestContext context, ResourceEntry? version, string id)
    {
        if (version is null) throw GalleryVersionErrors.VersionNotFound(id);
        if (!Replication.IsAvailable(version, context.Location, context.Now)) throw GalleryVersionErrors.SourceNotFound(id);
        GalleryEncryption.CheckSource(context, id, version);
        GalleryVersionDisk Disk(int? lun, JsonObject shown) => new(
            lun, ImageDisks.Source(version, lun) ?? DiskSource.Empty, shown.Text("hostCaching") ?? "None", null);

        return new GalleryVersionDraft(
        [
            Disk(null, version.Body.Object("properties.storageProfile.osDiskImage")!),
            .. version.Body.Items("properties.storageProfile.dataDiskImages")
                .Select(disk => Disk((int)disk.Number("lun")!, disk)),
        ])
        {
            SourceId = id,
            OSState = GalleryDefinition.Of(context.World, version).OSState,
        };
    }
}
