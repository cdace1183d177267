using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Galleries;

/// <summary>How soon image versions can be gone at best under the limits that Azure's answers tell: in each window as many as it holds.</summary>
/// <param name="ThreeMinutes">Deletions in three minutes.</param>
/// <param name="ThirtyMinutes">Deletions in thirty minutes.</param>
/// <param name="Takes">How long one takes.</param>
internal sealed record DeletionPace(int ThreeMinutes, int ThirtyMinutes, TimeSpan Takes)
{
    /// <summary>Deletes a version to see what the answer says of the limits and how long it takes; the windows that it opens are over afterwards.</summary>
    public static async Task<DeletionPace> MeasureAsync(GalleryScene scene, string id)
    {
        SandboxResponse answer = await scene.Sandbox.SendAsync("DELETE", $"{id}?api-version={GalleryScene.Version}");
        int[] left = [.. answer.Headers.First(header => header.Key == "x-ms-ratelimit-remaining-resource").Value.Split(',').Select(bucket => int.Parse(bucket.Split(';')[1], System.Globalization.CultureInfo.InvariantCulture))];
        DateTimeOffset begin = scene.Sandbox.Sandbox.Clock.GetUtcNow();
        while (await scene.Sandbox.GetAsync(id, GalleryScene.Version) is not null)
            scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromSeconds(1));
        TimeSpan takes = scene.Sandbox.Sandbox.Clock.GetUtcNow() - begin;
        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromHours(1));
        return new DeletionPace(left[0] + 1, left[1] + 1, takes);
    }

    /// <summary>The time from the first request until the last version is gone.</summary>
    public TimeSpan Best(int versions)
    {
        int last = versions - 1, long30 = last / ThirtyMinutes, short3 = last % ThirtyMinutes / ThreeMinutes;
        return TimeSpan.FromMinutes((30 * long30) + (3 * short3)) + Takes;
    }
}
