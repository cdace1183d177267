using ImageCmdlets.Engine.Copying;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Tracking;

/// <summary>Finds copies of images: one operation for each image that is to be made.</summary>
internal static class CopyTracking
{
    public static async Task<IReadOnlyList<TrackedOperation>> FindAsync(Operation operation, ResourceSurvey survey)
    {
        var found = new List<TrackedOperation>();
        foreach (IGrouping<string, SeenResource> copy in survey.MadeBy(CopyTemporaries.OperationName).GroupBy(KeyOf, StringComparer.OrdinalIgnoreCase))
            found.AddRange(await new TrackedCopies(operation, survey, [.. copy]).FindAsync().ConfigureAwait(false));
        return found;
    }

    // One image with one content: what is in its own region serves the copies to all others.
    private static string KeyOf(SeenResource temporary) => $"{temporary.SourceText} {ContentOf(temporary.Id)}";

    // What is in a gallery has its name before its own.
    private static string? ContentOf(ResourceId id) => id.Text.Split('/').Select(CopyNames.AnyContentIn).LastOrDefault(content => content is not null);
}
