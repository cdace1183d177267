using System.Globalization;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>One request and Azure's answer to it.</summary>
/// <param name="Index">Its place in the time order of the recording.</param>
/// <param name="Method">Such as <c>GET</c>.</param>
/// <param name="Uri">Absolute; recorders that keep the path only get Azure's public host.</param>
/// <param name="RequestBody">Empty when there was none.</param>
/// <param name="Status">The HTTP status of the answer.</param>
/// <param name="Headers">The headers of the answer that the recorder kept.</param>
/// <param name="Body">The body of the answer; empty when there was none.</param>
internal sealed record RecordedExchange(
    int Index, string Method, Uri Uri, string RequestBody, int Status, IReadOnlyList<RecordedHeader> Headers, string Body)
{
    /// <summary>Whether it changed, or tried to change, anything.</summary>
    public bool IsWrite => Method is not ("GET" or "HEAD");

    /// <summary>The answer's <c>Date</c>; null where the recorder dropped it.</summary>
    public DateTimeOffset? Date =>
        DateTimeOffset.TryParse(Header("Date"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date) ? date : null;

    /// <summary>A header of the answer; null when absent.</summary>
    public string? Header(string name) =>
        Headers.FirstOrDefault(header => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase))?.Value;
}
