using System.Globalization;
using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Retention;

namespace ImageCmdlets.Engine.Tests.Retention;

/// <summary>Random galleries of the sandbox, from the plan to what is left: what retention never removes, and which version is the latest. The oracle reads the answers of
/// Azure in its own, slow way, from the documented rules: greatest by number, Succeeded, excluded neither everywhere nor in the region, replicated to it.</summary>
public sealed class RetentionWorldTests
{
    private const int Cases = 30;

    [Fact]
    public async Task TheLatestIsWhatTheDocumentedRulesSay()
    {
        int found = 0, different = 0;
        for (int seed = 0; seed < Cases; seed++)
        {
            using RandomGallery world = await RandomGallery.OpenAsync(seed);
            IReadOnlyList<JsonNode> versions = await world.VersionsAsync();
            foreach (string? region in (string?[])[null, .. RandomGallery.Regions, "japaneast"])
            {
                string? expected = Latest(versions, region);
                var sink = new RecordingSink();
                await VersionService.GetAsync(world.Gallery.Sandbox.Session, new GalleryQuery { Id = world.Gallery.DefinitionId, Latest = true, Location = region }, sink, TestContext.Current.CancellationToken);
                Assert.Equal((seed, region, expected), (seed, region, sink.Items.Cast<ImageVersion>().SingleOrDefault()?.Name));
                found += expected is null ? 0 : 1;
                different += expected == Latest(versions, "westeurope") ? 0 : 1;
            }
        }

        // Else the worlds would tell nothing.
        Assert.InRange(found, Cases * 2, Cases * 5);
        Assert.InRange(different, Cases, Cases * 5);
    }

    [Fact]
    public async Task WhatMustStayStaysInTheWorld()
    {
        int removed = 0, stopped = 0, inUse = 0;
        for (int seed = 100; seed < 100 + Cases; seed++)
        {
            using RandomGallery world = await RandomGallery.OpenAsync(seed);
            IReadOnlyList<JsonNode> before = await world.VersionsAsync();
            string[] stay = MustStay(world, before);
            int brake = new Random(seed).Next(0, 6);
            ImageRetention[] leaving = [.. (await PlanAsync(world)).Where(row => row.Action == ImageRetentionAction.Remove)];
            string fingerprint = world.Gallery.Sandbox.Fingerprint;

            bool isStopped = await InvokeAsync(world, leaving, brake);

            string[] left = [.. (await world.VersionsAsync()).Select(version => (string)version["name"]!)];
            Assert.Equal(leaving.Length > brake, isStopped);
            Assert.InRange(before.Count - left.Length, 0, brake);
            Assert.All(stay, name => Assert.True(left.Contains(name), $"Seed {seed}: {name} is gone."));
            Assert.True(!isStopped || fingerprint == world.Gallery.Sandbox.Fingerprint);
            removed += before.Count - left.Length;
            stopped += isStopped ? 1 : 0;
            inUse += world.InUse is null ? 0 : 1;
        }

        Assert.InRange(removed, Cases / 2, Cases * 5);
        Assert.InRange(stopped, 3, Cases - 3);
        Assert.InRange(inUse, Cases / 2, Cases);
    }

    private static string[] MustStay(RandomGallery world, IReadOnlyList<JsonNode> versions)
    {
        IEnumerable<string?> latest = ((string?[])[null, .. RandomGallery.Regions]).Select(region => Latest(versions, region));
        IEnumerable<string?> underWay = versions.Where(version => (string?)version["properties"]!["provisioningState"] is not ("Succeeded" or "Failed")).Select(version => (string?)version["name"]);
        IEnumerable<string?> blocked = versions.Where(version => (bool?)version["properties"]!["safetyProfile"]!["blockDeletionBeforeEndOfLife"] == true
            && DateTimeOffset.Parse((string)version["properties"]!["publishingProfile"]!["endOfLifeDate"]!, CultureInfo.InvariantCulture) > world.Now).Select(version => (string?)version["name"]);
        string? lastMade = versions.Where(IsMade).Select(version => (string)version["name"]!).Aggregate((string?)null, (best, name) => best is null || IsGreater(name, best) ? name : best);
        return [.. latest.Concat(underWay).Concat(blocked).Append(lastMade).Append(world.InUse?.Split('/')[^1]).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    private static string? Latest(IReadOnlyList<JsonNode> versions, string? region)
    {
        string? best = null;
        foreach (JsonNode version in versions)
        {
            JsonNode profile = version["properties"]!["publishingProfile"]!;
            if (!IsMade(version) || (bool?)profile["excludeFromLatest"] == true)
                continue;
            bool isThere = false;
            foreach (JsonNode? target in profile["targetRegions"]!.AsArray())
            {
                string name = ((string)target!["name"]!).Replace(" ", string.Empty, StringComparison.Ordinal).ToLowerInvariant();
                isThere |= (region is null || name == region) && (bool?)target["excludeFromLatest"] != true;
            }

            string number = (string)version["name"]!;
            if (isThere && (best is null || IsGreater(number, best)))
                best = number;
        }

        return best;
    }

    private static bool IsMade(JsonNode version) => (string?)version["properties"]!["provisioningState"] == "Succeeded";

    private static bool IsGreater(string left, string right)
    {
        int[] a = [.. left.Split('.').Select(part => int.Parse(part, CultureInfo.InvariantCulture))], b = [.. right.Split('.').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i] != b[i])
                return a[i] > b[i];
        }

        return false;
    }

    private static async Task<ImageRetention[]> PlanAsync(RandomGallery world)
    {
        var sink = new RecordingSink();
        await RetentionService.PlanAsync(world.Gallery.Sandbox.Session, [new GalleryQuery { Id = world.Gallery.GalleryId }], world.Rule, new RunOptions(), sink, TestContext.Current.CancellationToken);
        return [.. sink.Items.Cast<ImageRetention>()];
    }

    // Whether the brake stopped it.
    private static async Task<bool> InvokeAsync(RandomGallery world, ImageRetention[] leaving, int brake)
    {
        var sink = new RecordingSink();
        try
        {
            await RetentionService.InvokeAsync(world.Gallery.Sandbox.Session, new InvokeImageRetentionOptions { Plan = leaving, MaxRemove = brake }, new RunOptions(), sink, TestContext.Current.CancellationToken);
        }
        catch (ImageCmdletsException exception) when (exception.ErrorId == ErrorIds.RetentionLimitExceeded)
        {
            return true;
        }

        Assert.Empty(sink.Errors);
        return false;
    }
}
