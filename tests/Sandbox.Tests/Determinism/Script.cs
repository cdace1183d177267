using System.Globalization;
using System.Text;
using ImageCmdlets.Sandbox.Tests.Fuzzing;

namespace ImageCmdlets.Sandbox.Tests.Determinism;

/// <summary>A long list of requests about every subject, good and bad ones, and a transcript of what they are answered.</summary>
internal static class Script
{
    /// <summary>Requests of the fuzzer, each followed by reads of what it may have changed. Time passes between them.</summary>
    public static IReadOnlyList<SandboxRequest> Make(int count, int seed)
    {
        // Made before anything is sent: bodies that a run has changed must not change the script of the next.
        using var world = new FuzzWorld(new SandboxOptions { Seed = seed });
        var hostile = new HostileRequests(world, seed);
        string list = $"{SandboxClient.Root}{world.Client.Subscription}/resources?api-version=2021-04-01&$top=100";
        var reads = new Dictionary<string, string> { ["Authorization"] = "Bearer sandbox-token" };
        return [.. Enumerable.Range(0, count).Select(number => number % 10 == 9 ? new SandboxRequest("GET", new Uri(list), reads, []) : hostile.Make(number))];
    }

    /// <summary>Sends requests, with the time that an impatient client takes between them.</summary>
    /// <param name="sandbox">Who answers.</param>
    /// <param name="requests">The requests.</param>
    /// <param name="wants">Headers that the transcript has.</param>
    public static IEnumerable<string> Play(ArmSandbox sandbox, IEnumerable<SandboxRequest> requests, Func<string, bool>? wants = null)
    {
        foreach (SandboxRequest request in requests)
        {
            sandbox.Clock.Advance(TimeSpan.FromMilliseconds(700));
            yield return $"{request.Method} {request.Uri}\n{Answer(sandbox, request, wants ?? (static _ => true))}";
        }
    }

    private static string Answer(ArmSandbox sandbox, SandboxRequest request, Func<string, bool> wants)
    {
        SandboxResponse answer;
        try
        {
            answer = sandbox.SendAsync(request, CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (SandboxConnectionException)
        {
            return "cut";
        }

        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{answer.Status} after {answer.Delay}\n");
        foreach (KeyValuePair<string, string> header in answer.Headers.Where(header => wants(header.Key)))
            text.Append(CultureInfo.InvariantCulture, $"{header.Key}: {header.Value}\n");
        return text.Append(Encoding.UTF8.GetString(answer.Body)).ToString();
    }
}
