using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Blobs;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.DiskEncryptionSets;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Snapshots;
using static ImageCmdlets.Sandbox.Locations.Regions;

namespace ImageCmdlets.Sandbox.Images;

/// <summary>Finds the disks that a request for an image names, and refuses what Azure refuses.</summary>
internal static class ImageSources
{
    // Since this version the generation must be known; before, the property did not exist.
    private const string GenerationSince = "2019-03-01";

    private static readonly string[] s_sources = ["snapshot", "managedDisk", "blobUri"];

    public static ImageDraft Resolve(RequestContext context)
    {
        string? vm = context.Body.Text("properties.sourceVirtualMachine.id");
        JsonObject? profile = context.Body.Object("properties.storageProfile");
        ImageDraft draft;
        if (vm is not null)
            draft = SourceVirtualMachine.Read(context, vm) with { ZoneResilient = profile.Flag("zoneResilient") };
        else
            draft = FromProfile(context, profile ?? throw ComputeErrors.Missing("storageProfile"));
        CheckArchitecture(draft);
        return draft with { Generation = Generation(context, draft) };
    }

    private static ImageDraft FromProfile(RequestContext context, JsonObject profile)
    {
        JsonObject os = profile.Object("osDisk") ?? throw ComputeErrors.Missing("storageProfile.osDisk");
        string system = os.Text("osType") ?? throw ComputeErrors.Missing("osDisk.osType");
        string state = os.Text("osState") ?? throw ComputeErrors.Missing("osDisk.osState");
        if (system is not ("Windows" or "Linux")) throw ComputeErrors.Invalid("osDisk.osType");
        if (state is not ("Generalized" or "Specialized")) throw ComputeErrors.Invalid("osDisk.osState");
        var disks = new List<ImageDisk> { Disk(context, os, "osDisk", system) };
        var luns = new HashSet<long>();
        foreach (JsonObject data in profile.Items("dataDisks"))
        {
            long lun = data.Number("lun") ?? throw ComputeErrors.Missing("dataDisk.lun");
            if (lun is < 0 or > 63 || !luns.Add(lun)) throw ComputeErrors.Invalid("dataDisk.lun");
            disks.Add(Disk(context, data, "dataDisk", null));
        }

        return new ImageDraft(disks) { ZoneResilient = profile.Flag("zoneResilient") };
    }

    private static ImageDisk Disk(RequestContext context, JsonObject sent, string parameter, string? system)
    {
        string[] named = [.. s_sources.Where(name => sent[name] is not null)];
        if (named.Length == 0) throw ComputeErrors.Missing($"{parameter}.managedDisk");
        if (named.Length > 1) throw ComputeErrors.Invalid($"{parameter}.{named[1]}");
        JsonObject shown = sent.Copy();
        shown["caching"] ??= "None";
        shown["storageAccountType"] ??= "Standard_LRS";
        CheckWords(shown, parameter);
        if (sent.Text("diskEncryptionSet.id") is { } set)
            EncryptionSets.Find(context, set, $"properties.storageProfile.{parameter}.diskEncryptionSet.id");
        DiskSource source = named[0] == "blobUri"
            ? Blob(context, sent.Text("blobUri") ?? string.Empty, system)
            : Managed(context, sent, named[0], parameter);
        if (sent.Number("diskSizeGB") is { } size && size < source.SizeGB) throw DiskErrors.SmallerThanImage(size, source.SizeGB);
        return new ImageDisk(shown, source, named[0]);
    }

    private static void CheckWords(JsonObject shown, string parameter)
    {
        if (shown.Text("caching") is not ("None" or "ReadOnly" or "ReadWrite"))
            throw ComputeErrors.Invalid($"{parameter}.caching");
        string? sku = shown.Text("storageAccountType");
        if (sku is null || !DiskKind.Disk.Skus.Contains(sku)) throw ComputeErrors.Invalid($"{parameter}.storageAccountType");
    }

    private static DiskSource Managed(RequestContext context, JsonObject sent, string name, string parameter)
    {
        string id = sent.Text($"{name}.id") ?? throw ComputeErrors.Missing($"{parameter}.{name}.id");
        ResourceId parsed = LinkedResource.Parse(context, id, $"properties.storageProfile.{parameter}.{name}.id");
        string type = name == "snapshot" ? DiskKind.SnapshotType : DiskKind.DiskType;
        if (!parsed.IsOf(type)) throw ComputeErrors.Invalid($"{parameter}.{name}.id");
        ResourceEntry? entry = context.World.Store.Find(id, type);
        // Assumption: the answer of the disk service; Azure's own answer to a source in another region is not known.
        if (entry is null || Normalize(entry.Location!) != context.Location) throw DiskErrors.SourceNotFound(parsed.Name);
        if (entry.ProvisioningState != "Succeeded") throw ComputeErrors.Conflict();
        SnapshotCopy.CheckFinished(context.World, entry);
        if (DiskAttachment.RunningMachine(context.World, entry) is { } vm) throw DiskErrors.AccessWhileRunning(entry.Name, vm.Id);
        return DiskSource.Of(entry);
    }

    private static DiskSource Blob(RequestContext context, string uri, string? system)
    {
        string image = context.Target!.Name;
        if (!DiskSources.IsBlob(uri)) throw ImageErrors.BlobNotFound(uri.Split('?')[0], image);
        return BlobImport.Find(context, uri, null, image) ?? DiskSources.BlobSource(system);
    }

    private static void CheckArchitecture(ImageDraft draft)
    {
        ImageDisk disk = draft.OSDisk;
        if (disk.Source.Architecture is { } architecture && architecture != "x64")
            throw ImageErrors.Architecture(disk.SourceName, architecture);
        if (disk.Source.SecurityType is { } type && type != "Standard") throw ImageErrors.SecurityType(type);
    }

    private static string? Generation(RequestContext context, ImageDraft draft)
    {
        if (string.CompareOrdinal(context.ApiVersion, GenerationSince) < 0) return null;
        string? sent = context.Body.Text("properties.hyperVGeneration");
        string? present = draft.OSDisk.Source.Generation;
        if (sent is null) return present ?? throw ComputeErrors.Missing("hyperVGeneration");
        if (sent is not ("V1" or "V2")) throw ComputeErrors.Invalid("hyperVGeneration");
        if (present is not null && present != sent) throw ImageErrors.Generation(sent, present, draft.OSDisk.SourceName);
        return sent;
    }
}
