using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace ImageCmdlets.Tests.Specification;

/// <summary>Judges every exchange of every sandbox in this process and keeps what is wrong.</summary>
public static class SpecificationWatch
{
    // The sandbox's name for its listener (ArmSandbox.ExchangeListener). It may live in a load context of its own, so only types of
    // the runtime are shared with it.
    private const string Listener = "ImageCmdlets.Sandbox.ExchangeListener";

    private static readonly ConcurrentDictionary<string, WatchedViolation> s_found = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, byte> s_seen = new(StringComparer.Ordinal);
    private static ExchangeJudge? s_judge;
    private static int s_heard;
    private static int s_judged;

    /// <summary>Number of different exchanges that were heard.</summary>
    public static int Heard => Volatile.Read(ref s_heard);

    /// <summary>Number of those of which the specification has something to say.</summary>
    public static int Judged => Volatile.Read(ref s_judged);

    /// <summary>Starts watching, when the specification is there.</summary>
    public static void Start()
    {
        if (SpecificationFolder.Find() is null) return;
        AppDomain.CurrentDomain.SetData(
            Listener,
            new Action<string, Uri, IReadOnlyDictionary<string, string>, byte[], int, IReadOnlyList<KeyValuePair<string, string>>, byte[]>(Hear));
    }

    /// <summary>Tells what is wrong and has not been told yet, one line each.</summary>
    /// <param name="test">Only what was found during this test; null for all.</param>
    /// <exception cref="SpecificationViolatedException">There is something.</exception>
    public static void ThrowIfViolated(string? test = null)
    {
        WatchedViolation[] untold = [.. s_found.Values.Where(v => !v.IsTold && (test is null || v.Test == test)).OrderBy(static v => v.Violation.Key, StringComparer.Ordinal)];
        if (untold.Length == 0) return;
        var text = new StringBuilder($"{untold.Length} violations of the published specification:");
        foreach (WatchedViolation one in untold)
        {
            one.IsTold = true;
            text.AppendLine().Append("  ").Append(one);
        }

        throw new SpecificationViolatedException(text.ToString());
    }

    private static void Hear(
        string method,
        Uri address,
        IReadOnlyDictionary<string, string> headers,
        byte[] body,
        int status,
        IReadOnlyList<KeyValuePair<string, string>> answerHeaders,
        byte[] answerBody)
    {
        var exchange = new Exchange(method, address, headers, body, status, answerHeaders, answerBody);
        // Polling tells the same again and again; only an answer that starts an operation must be heard each time.
        if (status is not (201 or 202) && !s_seen.TryAdd(Fingerprint(exchange), 0)) return;
        s_judge ??= new ExchangeJudge(SpecificationLibrary.Shared!);
        Interlocked.Increment(ref s_heard);
        IReadOnlyList<Violation>? violations = s_judge.Judge(exchange);
        if (violations is not null) Interlocked.Increment(ref s_judged);
        foreach (Violation violation in violations ?? [])
        {
            if (!KnownDifferences.All.Any(known => known.Covers(violation)))
                s_found.TryAdd(violation.Key, new WatchedViolation(violation, $"{method} {address.AbsolutePath}", TestContext.Current.Test?.TestDisplayName));
        }
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
