using System.Globalization;
using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Tests.Galleries;
using ImageCmdlets.Engine.Tests.Usage;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Retention;

/// <summary>A gallery of the sandbox as a seed has it: versions that failed, are being changed, excluded everywhere or in a region, deleted and kept, protected, near their end of life; and a scale set that uses one.</summary>
internal sealed class RandomGallery : IDisposable
{
    public static readonly string[] Regions = ["westeurope", "northeurope", "eastus"];
    private readonly UsageScene _scene;
    private readonly Random _random;

    private RandomGallery(UsageScene scene, Random random)
    {
        _scene = scene;
        _random = random;
    }

    public GalleryScene Gallery => _scene.Gallery;

    public GetImageRetentionOptions Rule { get; private set; } = new();

    /// <summary>The image that the scale set names; null: there is none.</summary>
    public string? InUse { get; private set; }

    public DateTimeOffset Now => Gallery.Sandbox.Sandbox.Clock.GetUtcNow();

    public static async Task<RandomGallery> OpenAsync(int seed)
    {
        var random = new Random(seed);
        var gallery = new RandomGallery(await UsageScene.OpenEmptyAsync(seed), random);
        bool keepsDeleted = random.Next(2) == 0;
        if (keepsDeleted)
            await gallery.Gallery.Sandbox.PutAsync(gallery.Gallery.GalleryId, GalleryScene.Version, """{"location":"westeurope","properties":{"softDeletePolicy":{"isSoftDeleteEnabled":true}}}""");
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int count = random.Next(4, 14); count > 0; count--)
            names.Add(string.Create(CultureInfo.InvariantCulture, $"{random.Next(1, 3)}.{random.Next(0, 12)}.{random.Next(0, 12)}"));
        foreach (string name in names)
            await gallery.VersionAsync(name);
        await gallery.UseAsync();
        await gallery.DeleteSomeAsync(keepsDeleted);
        await gallery.ChangeOneAsync();
        gallery.Rule = new GetImageRetentionOptions { KeepLast = random.Next(1, 4), KeepDays = random.Next(3) == 0 ? 1 : null, KeepUntilEndOfLife = random.Next(2) == 0 };
        return gallery;
    }

    /// <summary>The versions as Azure lists them.</summary>
    public async Task<IReadOnlyList<JsonNode>> VersionsAsync() =>
        [.. (await Gallery.Sandbox.GetAsync(Gallery.DefinitionId + "/versions", GalleryScene.Version))!["value"]!.AsArray().Select(item => item!)];

    public void Dispose() => _scene.Dispose();

    private async Task VersionAsync(string name)
    {
        if (_random.Next(6) == 0)
        {
            Gallery.Sandbox.Sandbox.AddFault(new SandboxFault
            {
                Operation = "GalleryImageVersions_CreateOrUpdate", Count = 1, Effect = SandboxFaultEffect.OperationFailure, Code = "InternalExecutionError", Message = "No.",
            });
        }

        string regions = string.Join(',', Regions.Where((_, index) => index == 0 || _random.Next(2) == 0).Select(region =>
            $$"""{"name":"{{region}}","excludeFromLatest":{{(_random.Next(5) == 0 ? "true" : "false")}}}"""));
        string end = _random.Next(2) == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $",\"endOfLifeDate\":\"{Now.AddDays(_random.Next(1, 40)):yyyy-MM-dd'T'HH:mm:ss'Z'}\"");
        await Gallery.FurnishVersionAsync(name, regions: regions, more: $",\"excludeFromLatest\":{(_random.Next(5) == 0 ? "true" : "false")}{end}");
        if (end.Length > 0 && _random.Next(4) == 0)
            await PatchAsync(name, """{"properties":{"storageProfile":{},"safetyProfile":{"blockDeletionBeforeEndOfLife":true}}}""", TimeSpan.FromHours(1));
    }

    // A model of a version, or none; only of what a machine can be made of. Models that follow latest are in RemovalGuardTests and UsageServiceTests.
    private async Task UseAsync()
    {
        JsonNode[] usable = [.. (await VersionsAsync()).Where(version => (string?)version["properties"]!["provisioningState"] == "Succeeded")];
        if (usable.Length == 0 || _random.Next(4) == 0)
            return;

        string image = (string)usable[_random.Next(usable.Length)]["id"]!;
        await _scene.ScaleSetAsync(image);
        InUse = image;
    }

    private async Task DeleteSomeAsync(bool keepsDeleted)
    {
        foreach (JsonNode version in (await VersionsAsync()).Where(version => keepsDeleted && (string?)version["id"] != InUse && _random.Next(6) == 0))
            await Gallery.Sandbox.SendAsync("DELETE", $"{(string)version["id"]!}?api-version={GalleryScene.Version}");
        Gallery.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromDays(_random.Next(0, 30)));
    }

    private async Task ChangeOneAsync()
    {
        JsonNode[] well = [.. (await VersionsAsync()).Where(version => (string?)version["properties"]!["provisioningState"] == "Succeeded")];
        if (well.Length > 0 && _random.Next(2) == 0)
            await PatchAsync((string)well[_random.Next(well.Length)]["name"]!, """{"tags":{"changed":"yes"}}""", TimeSpan.Zero);
    }

    private async Task PatchAsync(string name, string body, TimeSpan wait)
    {
        await Gallery.Sandbox.SendAsync("PATCH", $"{Gallery.VersionId(name)}?api-version={GalleryScene.Version}", body);
        Gallery.Sandbox.Sandbox.Clock.Advance(wait);
    }
}
