using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Retention;

namespace ImageCmdlets.Engine.Tests.Retention;

/// <summary>What no plan may ever do, over galleries of all kinds. The oracle reads Azure's JSON by itself and sorts versions in its own way.</summary>
public sealed class RetentionPropertyTests
{
    private const int Cases = 200;

    [Fact]
    public void NeverGoesTheLastVersionThatWasMadeWell() => ForEach((world, plan) =>
    {
        string? last = Newest(world.Versions.Where(IsMade));
        Assert.All(plan, row => Assert.False(row.Version == last && row.Action == ImageRetentionAction.Remove));
    });

    [Fact]
    public void NeverGoesTheLatestOfAnyRegion() => ForEach((world, plan) =>
    {
        foreach (string region in (string[])["westeurope", "northeurope", "eastus", "japaneast"])
        {
            string? latest = Newest(world.Versions.Where(version => IsMade(version) && !IsExcluded(version) && Regions(version).Any(entry => entry.Text("name") == region && entry.Truth("excludeFromLatest") != true)));
            Assert.DoesNotContain(plan, row => row.Version == latest && row.Action == ImageRetentionAction.Remove);
        }
    });

    [Fact]
    public void NeverGoesWhatIsInUseOrUnderWayOrProtected() => ForEach((world, plan) =>
    {
        foreach (ImageRetention row in plan.Where(row => row.Action == ImageRetentionAction.Remove))
        {
            JsonElement version = world.Versions.Single(version => version.Text("id") == row.Id);
            Assert.Contains(version.Text("properties", "provisioningState"), (string[])["Succeeded", "Failed"]);
            Assert.False(!world.Rule.IgnoreUsage && world.Users.ContainsKey(row.Id));
            Assert.False(version.Truth("properties", "safetyProfile", "blockDeletionBeforeEndOfLife") == true && version.Time("properties", "publishingProfile", "endOfLifeDate") > world.Now);
        }
    });

    [Fact]
    public void AtLeastSoManyOfTheNewestStay() => ForEach((world, plan) =>
    {
        string[] newest = [.. world.Versions.Where(version => IsMade(version) && !IsExcluded(version)).OrderByDescending(Key).Take(world.Rule.KeepLast).Select(version => version.Text("name")!)];
        Assert.All(newest, name => Assert.Equal(ImageRetentionAction.Keep, plan.Single(row => row.Version == name).Action));
    });

    [Fact]
    public void EachVersionIsInThePlanOnceWithAReason() => ForEach((world, plan) =>
    {
        Assert.Equal(world.Versions.Select(version => version.Text("id")).Order(StringComparer.Ordinal), plan.Select(row => row.Id).Order(StringComparer.Ordinal));
        Assert.All(plan, row => Assert.NotEmpty(row.Reason));
    });

    [Fact]
    public void NothingGoesWhereNobodyKnowsWhoUsesWhat() => ForEach((world, _) =>
    {
        IReadOnlyList<ImageRetention> plan = new RetentionPlanner(world.Rule with { IgnoreUsage = false }, world.Now).Plan(world.Versions, null);
        Assert.DoesNotContain(plan, row => row.Action == ImageRetentionAction.Remove);
    });

    // A plan that keeps everything would pass all the others.
    [Fact]
    public void WhatNothingKeepsGoes()
    {
        int removed = 0;
        ForEach((world, plan) => removed += plan.Count(row => row.Action == ImageRetentionAction.Remove));
        Assert.InRange(removed, Cases, Cases * 25);
    }

    private static void ForEach(Action<RandomDefinition, IReadOnlyList<ImageRetention>> check)
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            var world = new RandomDefinition(seed);
            check(world, new RetentionPlanner(world.Rule, world.Now).Plan(world.Versions, world.Users));
        }
    }

    private static bool IsMade(JsonElement version) => version.GetProperty("properties").GetProperty("provisioningState").GetString() == "Succeeded";

    private static bool IsExcluded(JsonElement version) => version.GetProperty("properties").GetProperty("publishingProfile").GetProperty("excludeFromLatest").GetBoolean();

    private static JsonElement.ArrayEnumerator Regions(JsonElement version) => version.GetProperty("properties").GetProperty("publishingProfile").GetProperty("targetRegions").EnumerateArray();

    private static string? Newest(IEnumerable<JsonElement> versions) => versions.OrderByDescending(Key).Select(version => version.GetProperty("name").GetString()).FirstOrDefault();

    private static long Key(JsonElement version) => version.GetProperty("name").GetString()!.Split('.').Aggregate(0L, (sum, part) => (sum * 1000) + long.Parse(part, System.Globalization.CultureInfo.InvariantCulture));
}
