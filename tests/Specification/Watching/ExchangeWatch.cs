using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace ImageCmdlets.Tests.Specification;

/// <summary>Judges exchanges as they happen and keeps what is wrong until somebody asks.</summary>
/// <param name="judge">Made when the first exchange is heard: reading the specification takes a while.</param>
public sealed class ExchangeWatch(Func<ExchangeJudge> judge)
{
    private readonly ConcurrentDictionary<string, WatchedViolation> _found = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _seen = new(StringComparer.Ordinal);
    private readonly Lazy<ExchangeJudge> _judge = new(judge);

    /// <summary>How much was heard, and of how much the specification has something to say.</summary>
    public WatchCounts Counts { get; } = new();

    /// <summary>Judges an exchange, unless the same was judged before.</summary>
    /// <param name="exchange">What was asked and answered.</param>
    /// <param name="place">Where it was heard, when that is not this process.</param>
    public void Hear(Exchange exchange, string? place = null)
    {
        // Polling tells the same again and again; only an answer that starts an operation must be heard each time.
        if (!exchange.StartsOperation && !_seen.TryAdd(Fingerprint(exchange), 0)) return;
        Judgement judgement = _judge.Value.Judge(exchange);
        Counts.Add(exchange, judgement);
        foreach (Violation violation in judgement.Violations)
        {
            if (KnownDifferences.All.Any(known => known.Covers(violation))) continue;
            string request = $"{exchange.Method} {exchange.Address.AbsolutePath}";
            _found.TryAdd(violation.Key, new WatchedViolation(violation, request, place ?? TestContext.Current.Test?.TestDisplayName));
        }
    }

    /// <summary>Tells what is wrong and has not been told yet, one line each.</summary>
    /// <param name="test">Only what was found during this test; null for all.</param>
    /// <exception cref="SpecificationViolatedException">There is something.</exception>
    public void ThrowIfViolated(string? test = null)
    {
        WatchedViolation[] untold = [.. _found.Values.Where(v => !v.IsTold && (test is null || v.Place == test)).OrderBy(static v => v.Violation.Key, StringComparer.Ordinal)];
        if (untold.Length == 0) return;
        var text = new StringBuilder($"{untold.Length} violations of the published specification:");
        foreach (WatchedViolation one in untold)
        {
            one.IsTold = true;
            text.AppendLine().Append("  ").Append(one);
        }

        throw new SpecificationViolatedException(text.ToString());
    }

    private static string Fingerprint(Exchange exchange)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{exchange.Method} {exchange.Address} {exchange.Status} {exchange.IsOfEngine}\n"));
        hash.AppendData(exchange.Body);
        hash.AppendData("\n"u8);
        hash.AppendData(exchange.AnswerBody);
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
