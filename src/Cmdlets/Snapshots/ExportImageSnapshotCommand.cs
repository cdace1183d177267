using System.Management.Automation;
using ImageCmdlets.Engine.Vhds;

namespace ImageCmdlets.Commands;

/// <summary>Makes VHDs of snapshots: files on this machine, or page blobs of a storage account.</summary>
[Cmdlet(VerbsData.Export, "ImageSnapshot", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true)]
[OutputType(typeof(ImageVhd))]
public sealed class ExportImageSnapshotCommand : SelectingCmdlet<ImageSnapshot>
{
    /// <summary>The file to be, or a folder that is there: files in it are named after their snapshots.</summary>
    [Parameter]
    [Alias("Path", "FilePath")]
    [ValidateNotNullOrEmpty]
    public string? DestinationPath { get; set; }

    /// <summary>The address of the page blob to be, with a signature that allows reading, creating and writing.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? DestinationUri { get; set; }

    /// <summary>How many seconds a signature for the bytes of a snapshot lives at most. It is revoked at the end, and asked for again where it ends before.</summary>
    [Parameter]
    [ValidateRange(60, 86400)]
    public int DurationInSecond { get; set; } = 3600;

    /// <summary>Replace the file or blob that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override string TargetType => ResourceTypes.Snapshot;

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems()
    {
        if (NoWait)
        {
            yield return new ImageCmdletsException(ErrorIds.InvalidArgument, "Azure does not export by itself: the bytes travel only while this command runs.", nameof(NoWait),
                "Leave -NoWait out, or use -AsJob.");
        }

        if ((DestinationPath is null) == (DestinationUri is null))
        {
            yield return new ImageCmdletsException(ErrorIds.InvalidArgument, "One of -DestinationPath and -DestinationUri is needed, and only one.", nameof(DestinationPath),
                "Pass the path of the file to be, or the address of the blob with its signature.");
        }

        if (DestinationUri is { } uri && !(uri.IsAbsoluteUri && uri.Scheme == Uri.UriSchemeHttps && uri.Query.Length > 1))
        {
            yield return new ImageCmdletsException(ErrorIds.InvalidArgument, "-DestinationUri is not an https address of a blob with a signature.", nameof(DestinationUri),
                "Make one with New-AzStorageBlobSASToken -FullUri, or az storage blob generate-sas --full-uri, that allows reading, creating and writing.");
        }
    }

    private protected override bool ApproveTarget(ResourceId id) =>
        ShouldProcess($"{id.Name} in {id.ResourceGroupName}", $"Export to {DestinationPath ?? DestinationUri!.GetLeftPart(UriPartial.Path)}");

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        ExportVhdOptions[] items;
        try
        {
            items = [.. Options(ids)];
        }
        catch (ImageCmdletsException exception)
        {
            Report(exception);
            return;
        }

        RunOrStartJob((sink, token) => VhdService.ExportAsync(session, items, run, sink, token));
    }

    private IEnumerable<ExportVhdOptions> Options(IReadOnlyList<string> ids)
    {
        string? path = DestinationPath is null ? null : new ProviderFiles(SessionState.Path).Find(DestinationPath, hasWildcards: false)[0];
        bool isFolder = path is not null && Directory.Exists(path);
        if (ids.Count > 1 && !isFolder)
        {
            throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"{ids.Count} snapshots cannot become one VHD.", DestinationPath ?? nameof(DestinationUri),
                "Pass a folder that exists with -DestinationPath: each file in it is named after its snapshot.");
        }

        return ids.Select(id => new ExportVhdOptions
        {
            SourceId = id,
            FilePath = isFolder ? Path.Combine(path!, ImageCmdlets.ResourceId.TryParse(id)!.Name + ".vhd") : path,
            DestinationUri = DestinationUri,
            Force = Force,
            AccessDuration = TimeSpan.FromSeconds(DurationInSecond),
        });
    }
}
