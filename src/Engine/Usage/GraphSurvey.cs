using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Usage;

/// <summary>Asks Azure Resource Graph what uses images: one question for all subscriptions instead of three lists of each.</summary>
/// <param name="match">Which uses count.</param>
/// <param name="instances">Looks through the instances of uniform scale sets, which are not in the table of resources.</param>
/// <remarks>Source: the operation <c>Resources</c> of Microsoft.ResourceGraph 2021-03-01. The answer can be minutes old, so what removes or
/// changes something asks the machines themselves: <see cref="UsageSurvey"/>.</remarks>
internal sealed class GraphSurvey(UsageMatch match, UsageSurvey instances)
{
    private const string Path = "/providers/Microsoft.ResourceGraph/resources";
    private const int MostSubscriptions = 1000, MostRoots = 20;

    /// <summary>What Resource Graph says of the subscriptions: all of it, so that half an answer is none.</summary>
    /// <exception cref="ImageCmdletsException">Resource Graph does not answer: for this account, in this cloud, or just now.</exception>
    public async Task<IReadOnlyList<JsonElement>> RowsAsync(Operation operation, IReadOnlyList<string> subscriptions)
    {
        var rows = new List<JsonElement>();
        for (int first = 0; first < subscriptions.Count; first += MostSubscriptions)
            await AddAsync(rows, operation, [.. subscriptions.Skip(first).Take(MostSubscriptions)]).ConfigureAwait(false);
        return rows;
    }

    /// <summary>Hands on the uses that are in the rows, and those by instances of the scale sets in them.</summary>
    public Task HandOnAsync(Operation operation, IReadOnlyList<JsonElement> rows, Func<Operation, ImageUsage, Task> onUse, Func<Operation, ImageCmdletsException, Task> onFailure) =>
        operation.ForEachAsync(rows, async (row, branch) =>
        {
            try
            {
                if (await UseAsync(branch, row).ConfigureAwait(false) is { } use)
                    await onUse(branch, use).ConfigureAwait(false);
                if (KindOf(row) == ImageUserKind.ScaleSet && row.Text("mode") != "Flexible")
                    await instances.InstancesAsync(branch, row.Text("id")!, onUse).ConfigureAwait(false);
            }
            catch (ImageCmdletsException exception)
            {
                await onFailure(branch, exception).ConfigureAwait(false);
            }
        });

    private async Task AddAsync(List<JsonElement> rows, Operation operation, string[] subscriptions)
    {
        var options = new JsonObject { ["resultFormat"] = "objectArray" };
        var body = new JsonObject { ["subscriptions"] = new JsonArray([.. subscriptions.Select(id => JsonValue.Create(id))]), ["query"] = Query(), ["options"] = options };
        while (true)
        {
            JsonElement page = (await operation.Arm.QueryAsync(Path, ArmApiVersions.ResourceGraph, body, operation.CancellationToken).ConfigureAwait(false)).Body;
            rows.AddRange(page.Items("data"));
            if (page.Truth("resultTruncated") == true)
                throw new ImageCmdletsException(ErrorIds.InvalidResponse, "Resource Graph has left out a part of its answer.", Path);
            if (page.Text("$skipToken") is not { Length: > 0 } next)
                return;

            options["$skipToken"] = next;
        }
    }

    // Uniform scale sets come whatever their model names, as their instances may be of what it named before. Ordered by id, pages neither
    // repeat nor skip a row (article "Working with large Azure resource data sets").
    private string Query() => $"""
        resources
        | where type in~ ('{ResourceTypes.VirtualMachine}', '{ResourceTypes.ScaleSet}', '{ResourceTypes.GalleryImageVersion}')
        | extend image = tostring(coalesce(properties.storageProfile.imageReference.id, properties.virtualMachineProfile.storageProfile.imageReference.id, properties.storageProfile.source.id))
        | extend mode = tostring(properties.orchestrationMode)
        | where ({Filter()}) or (type =~ '{ResourceTypes.ScaleSet}' and mode !~ 'Flexible')
        | project id, type, location, image, mode, version = tostring(properties.storageProfile.imageReference.exactVersion), scaleSet = tostring(properties.virtualMachineScaleSet.id)
        | order by id asc
        """;

    private string Filter() => match.Roots.Count > MostRoots
        ? "isnotempty(image)"
        : string.Join(" or ", match.Roots.Select(root => $"image startswith '{root.Replace("'", "\\'")}'"));

    private async Task<ImageUsage?> UseAsync(Operation operation, JsonElement row)
    {
        string? location = row.Text("location"), image = row.Text("image");
        ImageUserKind kind = KindOf(row);
        ImageReference? reference = kind == ImageUserKind.ImageVersion ? ImageReference.OfSource(image) : ImageReference.Of(image, row.Text("version"));
        if (kind == ImageUserKind.ScaleSet)
            reference = await match.ResolveAsync(operation, reference, location).ConfigureAwait(false);
        return match.Use(row.Text("id")!, kind, location, reference, row.Text("scaleSet") is { Length: > 0 } scaleSet ? scaleSet : null);
    }

    private static ImageUserKind KindOf(JsonElement row) =>
        string.Equals(row.Text("type"), ResourceTypes.ScaleSet, StringComparison.OrdinalIgnoreCase) ? ImageUserKind.ScaleSet
        : string.Equals(row.Text("type"), ResourceTypes.GalleryImageVersion, StringComparison.OrdinalIgnoreCase) ? ImageUserKind.ImageVersion
        : ImageUserKind.VM;
}
