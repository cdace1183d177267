using ImageCmdlets.Engine.Tests.Recordings;

namespace ImageCmdlets.Sandbox.Tests.Recordings.Traffic;

/// <summary>
/// The order in which exchanges were made. Files that group equal requests tell it by the dates of the answers, to the second only:
/// a read that shows a resource comes after the write that made it, though both are of one second.
/// </summary>
internal static class RecordedOrder
{
    public static IEnumerable<RecordedExchange> Of(Recording recording)
    {
        var ordered = new List<RecordedExchange>(recording.Exchanges);
        if (!recording.Name.EndsWith(".json", StringComparison.Ordinal)) return ordered;
        for (int index = 0; index < ordered.Count; index++)
        {
            RecordedExchange write = ordered[index];
            if (write is not { Method: "PUT", Status: 200 or 201 or 202 } || Made(ordered, index)) continue;
            RecordedExchange[] early = [.. ordered.Take(index).Where(read => IsEarly(read, write))];
            ordered.RemoveAll(early.Contains);
            ordered.InsertRange(ordered.IndexOf(write) + 1, early);
        }

        return ordered;
    }

    private static bool Made(List<RecordedExchange> ordered, int index) => ordered.Take(index).Any(other =>
        other is { Method: "PUT", Status: 200 or 201 or 202 } && other.Uri.AbsolutePath == ordered[index].Uri.AbsolutePath);

    private static bool IsEarly(RecordedExchange read, RecordedExchange write) =>
        read is { Method: "GET", Status: 200 } && read.Uri.AbsolutePath == write.Uri.AbsolutePath && write.Date - read.Date < TimeSpan.FromSeconds(2);
}
