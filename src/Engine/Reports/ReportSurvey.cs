using System.Collections.Concurrent;
using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Lineage;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;
using ImageCmdlets.Engine.Retention;
using ImageCmdlets.Engine.Usage;

namespace ImageCmdlets.Engine.Reports;

/// <summary>Reads what a report tells. Changes nothing.</summary>
/// <param name="operation">The running command.</param>
/// <param name="options">What is asked for.</param>
internal sealed class ReportSurvey(Operation operation, ExportReportOptions options)
{
    private static readonly ResourceReader s_images = new(ResourceTypes.Image, ErrorIds.ImageNotFound);

    private readonly LineageReader _lineage = new();
    private readonly ConcurrentBag<string> _notes = [];
    private bool _isUseUnknown;

    /// <exception cref="ImageCmdletsException">InvalidResourceId; ImageNotFound, ResourceNotFound: what is named is not there, or there is nothing.</exception>
    public async Task<ReportData> RunAsync()
    {
        IReadOnlyList<ImageDefinition> definitions = await DefinitionsAsync().ConfigureAwait(false);
        IReadOnlyList<JsonElement> images = await ImagesAsync().ConfigureAwait(false);
        if (definitions.Count + images.Count == 0)
            throw new ImageCmdletsException(ErrorIds.ImageNotFound, "There is no image definition and no managed image to report on.", options.Title, "Pass another resource group, gallery or image.");

        ILookup<string, ImageUsage> uses = await UsesAsync([.. definitions.Select(definition => definition.Id), .. images.Select(image => image.Text("id")!)]).ConfigureAwait(false);
        var described = new List<ReportDefinition>();
        await operation.ForEachInOrderAsync(definitions, (definition, own) => DescribeAsync(own, definition, uses), found =>
        {
            described.Add(found);
            return Task.CompletedTask;
        }).ConfigureAwait(false);
        var alone = new List<ReportImage>();
        await operation.ForEachInOrderAsync(images, (image, own) => DescribeAsync(own, image, uses), found =>
        {
            alone.Add(found);
            return Task.CompletedTask;
        }).ConfigureAwait(false);
        return new ReportData
        {
            Title = options.Title ?? TitleOf(definitions, images),
            Time = operation.Clock.UtcNow,
            Rule = options.Rule,
            Definition = described,
            Image = alone,
            Note = [.. _notes.Distinct(StringComparer.Ordinal).OrderBy(note => note, StringComparer.Ordinal)],
        };
    }

    private static string TitleOf(IReadOnlyList<ImageDefinition> definitions, IReadOnlyList<JsonElement> images)
    {
        string[] of = [.. definitions.Select(definition => definition.GalleryName!).Distinct(StringComparer.OrdinalIgnoreCase)];
        return of.Length > 0 ? "Images of " + string.Join(", ", of.Take(3)) + (of.Length > 3 ? $" and {of.Length - 3} more" : string.Empty)
            : images.Count == 1 ? "Image " + images[0].Text("name") : $"{images.Count} managed images";
    }

    private async Task<IReadOnlyList<ImageDefinition>> DefinitionsAsync()
    {
        var found = new Dictionary<string, ImageDefinition>(StringComparer.OrdinalIgnoreCase);
        IEnumerable<GalleryQuery> byId = options.Id.Where(id => ResourceId.TryParse(id)?.Is(ResourceTypes.Image) != true).Select(id => new GalleryQuery { Id = id });
        foreach (GalleryQuery query in byId.Concat(options.Query))
        {
            foreach (JsonElement item in await new GalleryWalk(operation, query).DefinitionsAsync().ConfigureAwait(false))
            {
                ImageDefinition definition = GalleryMapper.Definition(item);
                found[definition.Id] = definition;
            }
        }

        return [.. found.Values.OrderBy(definition => definition.Id, StringComparer.OrdinalIgnoreCase)];
    }

    private async Task<IReadOnlyList<JsonElement>> ImagesAsync()
    {
        var found = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
        foreach (string id in options.Id.Where(id => ResourceId.TryParse(id)?.Is(ResourceTypes.Image) == true))
            found[id] = await s_images.ReadOneAsync(operation, id).ConfigureAwait(false);
        foreach (GalleryQuery query in options.Query.Where(query => query is { GalleryName: null, DefinitionName: null }))
        {
            await s_images.ReadAsync(operation, new ResourceQuery { SubscriptionId = query.SubscriptionId, ResourceGroupName = query.ResourceGroupName }, item =>
            {
                found[item.Text("id")!] = item;
                return Task.CompletedTask;
            }).ConfigureAwait(false);
        }

        return [.. found.Values.OrderBy(item => item.Text("id"), StringComparer.OrdinalIgnoreCase)];
    }

    private async Task<ILookup<string, ImageUsage>> UsesAsync(IReadOnlyList<string> ids)
    {
        if (options.Rule.IgnoreUsage)
            _notes.Add("What uses the images was not looked at.");
        UsageCollection found = options.Rule.IgnoreUsage ? new UsageCollection([], []) : await UsageCollection.ReadAsync(operation, [.. ids.Select(id => ResourceId.TryParse(id)!)], withVersions: true).ConfigureAwait(false);
        foreach (ImageCmdletsException failure in found.Failure)
            _notes.Add($"Not everything that uses the images could be looked at, so that retention keeps every version: {failure.Message}");
        _isUseUnknown = options.Rule.IgnoreUsage || found.Failure.Count > 0;
        return found.Users.OrderBy(use => use.Kind).ToLookup(use => use.ImageId, StringComparer.OrdinalIgnoreCase);
    }

    private async Task<ReportDefinition> DescribeAsync(Operation own, ImageDefinition definition, ILookup<string, ImageUsage> uses)
    {
        IReadOnlyList<JsonElement> listed = await RetentionSurvey.VersionsAsync(own, ResourceId.TryParse(definition.Id)!).ConfigureAwait(false);
        IReadOnlyDictionary<string, IReadOnlyList<ImageUsage>>? users = _isUseUnknown ? null : uses.ToDictionary(group => group.Key,
            group => (IReadOnlyList<ImageUsage>)[.. group.Where(use => use.Kind != ImageUserKind.ImageVersion)], StringComparer.OrdinalIgnoreCase);
        IReadOnlyList<ImageRetention> plan = new RetentionPlanner(options.Rule, own.Clock.UtcNow).Plan(listed, users);
        string? latest = LatestVersion.Of(listed, null)?.Text("id");
        ILookup<string, JsonElement> items = listed.ToLookup(item => item.Text("id")!, StringComparer.OrdinalIgnoreCase);
        var versions = new List<ReportVersion>();
        await own.ForEachInOrderAsync(plan, (row, branch) => DescribeAsync(branch, row, items[row.Id].First()), version =>
        {
            versions.Add(version with { IsLatest = version.Version.Id == latest, Use = [.. uses[version.Version.Id]] });
            return Task.CompletedTask;
        }).ConfigureAwait(false);
        return new ReportDefinition(definition, versions);
    }

    // The list does not say how far regions are; a version that goes while the report is made is told as it was.
    private async Task<ReportVersion> DescribeAsync(Operation own, ImageRetention row, JsonElement listed)
    {
        JsonElement item = listed;
        ResourceId id = ResourceId.TryParse(row.Id)!;
        try
        {
            item = (await own.Arm.GetAsync(id.Text, ArmApiVersions.Galleries, own.CancellationToken, "$expand=ReplicationStatus").ConfigureAwait(false)).Body;
        }
        catch (ImageCmdletsException exception)
        {
            _notes.Add($"How far version {id.Name} of '{row.DefinitionName}' is in its regions could not be read: {exception.Message}");
        }

        _lineage.Know(id, item);
        return new ReportVersion(VersionMapper.Map(item), row) { Lineage = await LineageWalk.RunAsync(own, id.Text, _lineage).ConfigureAwait(false) };
    }

    private async Task<ReportImage> DescribeAsync(Operation own, JsonElement item, ILookup<string, ImageUsage> uses)
    {
        CustomImage image = ImageMapper.Map(item);
        _lineage.Know(ResourceId.TryParse(image.Id)!, item);
        return new ReportImage(image, [.. uses[image.Id]], await LineageWalk.RunAsync(own, image.Id, _lineage).ConfigureAwait(false));
    }
}
