using System.Collections.Concurrent;
using System.Globalization;

namespace ImageCmdlets.Tests.Specification;

/// <summary>How many different exchanges were heard, and what became of them.</summary>
public sealed class WatchCounts
{
    private readonly ConcurrentDictionary<(string Client, string Outcome), int> _all = new();

    /// <summary>All.</summary>
    public int Heard => _all.Values.Sum();

    /// <summary>Those of which the specification has something to say.</summary>
    public int Judged => Of(Judgement.ByItsVersion) + Of(Judgement.ByAnotherVersion);

    /// <summary>One line for each kind of client and each outcome.</summary>
    public override string ToString() => string.Join('\n', _all
        .OrderBy(static one => one.Key.Client, StringComparer.Ordinal)
        .ThenByDescending(static one => one.Value)
        .ThenBy(static one => one.Key.Outcome, StringComparer.Ordinal)
        .Select(static one => string.Create(CultureInfo.InvariantCulture, $"{one.Key.Client}\t{one.Key.Outcome}\t{one.Value}")));

    internal void Add(Exchange exchange, Judgement judgement) =>
        _all.AddOrUpdate((ClientOf(exchange), judgement.Outcome), 1, static (_, count) => count + 1);

    private int Of(string outcome) => _all.Where(one => one.Key.Outcome == outcome).Sum(static one => one.Value);

    private static string ClientOf(Exchange exchange)
    {
        if (exchange.IsOfEngine) return exchange.IsAnswered ? "engine" : "engine, request only";
        return exchange.Headers.TryGetValue("User-Agent", out string? agent) && agent.Contains("AZURECLI", StringComparison.OrdinalIgnoreCase)
            ? "az"
            : "test";
    }
}
