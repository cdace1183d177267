using System.Collections.Concurrent;
using System.Text;
using ImageCmdlets.Tests.Specification;

namespace ImageCmdlets.Specification.Tests.Recordings;

/// <summary>What the judge says to Azure's own answers.</summary>
internal static class RecordedTraffic
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<Violation>> s_judged = new(StringComparer.Ordinal);

    /// <summary>Everything that the judge has against a recording; versions that the library lacks are held against the nearest.</summary>
    public static IReadOnlyList<Violation> Judge(string recording) => s_judged.GetOrAdd(recording, static name =>
    {
        var judge = new ExchangeJudge(SpecificationLibrary.Shared!, anyVersion: true);
        return [.. RecordingLibrary.Read(name).Exchanges.SelectMany(exchange => judge.Judge(Convert(exchange)).Violations).DistinctBy(static v => v.Key)];
    });

    private static Exchange Convert(RecordedExchange exchange) => new(
        exchange.Method,
        exchange.Uri,
        new Dictionary<string, string>(),
        Encoding.UTF8.GetBytes(exchange.RequestBody),
        exchange.Status,
        [.. exchange.Headers.Select(static header => KeyValuePair.Create(header.Name, header.Value))],
        Encoding.UTF8.GetBytes(exchange.Body));
}
