using ImageCmdlets.Sandbox.Tests.Fuzzing;

namespace ImageCmdlets.Sandbox.Tests.Determinism;

/// <summary>A seed gives the same run bit for bit: bodies, headers, ids, etags, ids of requests, faults that strike by chance.</summary>
public sealed class SameRunTests : IDisposable
{
    private const int Requests = 600;

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_same_seed_and_requests_get_the_same_answers_and_another_seed_others()
    {
        IReadOnlyList<SandboxRequest> script = Script.Make(Requests, seed: 5);
        string[] first = Run(script, seed: 5), second = Run(script, seed: 5), other = Run(script, seed: 6);
        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
        Assert.Contains("cut", first.Select(static exchange => exchange.Split('\n')[1]));
        Assert.Contains("503 after 00:00:00", first.Select(static exchange => exchange.Split('\n')[1]));
        // Nothing of two runs is alike by being left out: no answer has the other seed's ids of requests.
        Assert.Empty(RequestIds(first).Intersect(RequestIds(other)));
    }

    [Fact]
    public void A_sandbox_that_was_started_again_goes_on_as_if_it_had_not_been()
    {
        IReadOnlyList<SandboxRequest> script = Script.Make(Requests, seed: 5);
        // How many calls are left is counted anew by a new process; everything else is the same.
        static bool Wants(string header) => !header.StartsWith("x-ms-ratelimit-", StringComparison.OrdinalIgnoreCase);
        string[] whole;
        using (var world = new FuzzWorld(Options("whole"))) whole = [.. Script.Play(world.Client.Sandbox, script, Wants)];

        var parts = new List<string>();
        using (var world = new FuzzWorld(Options("parts"))) parts.AddRange(Script.Play(world.Client.Sandbox, script.Take(200), Wants));
        for (int start = 200; start < Requests; start += 200)
        {
            using var again = new ArmSandbox(Options("parts"));
            parts.AddRange(Script.Play(again, script.Skip(start).Take(200), Wants));
        }

        Assert.Equal(whole, parts);
    }

    private SandboxOptions Options(string name) => new() { Seed = 5, StatePath = Path.Combine(_folder, name + ".jsonl") };

    private static string[] Run(IReadOnlyList<SandboxRequest> script, int seed)
    {
        using var world = new FuzzWorld(new SandboxOptions { Seed = seed });
        ArmSandbox sandbox = world.Client.Sandbox;
        sandbox.AddFault(new SandboxFault { Status = 503, Probability = 0.1, Count = int.MaxValue });
        sandbox.AddFault(new SandboxFault { Effect = SandboxFaultEffect.ConnectionReset, AfterEffect = true, Probability = 0.1, Count = int.MaxValue });
        sandbox.AddFault(new SandboxFault { Effect = SandboxFaultEffect.TruncatedBody, Probability = 0.1, Count = int.MaxValue });
        sandbox.AddFault(new SandboxFault { Effect = SandboxFaultEffect.OperationFailure, Method = "P*", Probability = 0.3, Count = int.MaxValue });
        return [.. Script.Play(sandbox, script)];
    }

    private static IEnumerable<string> RequestIds(IEnumerable<string> transcript) =>
        transcript.SelectMany(static exchange => exchange.Split('\n')).Where(static line => line.StartsWith("x-ms-request-id: ", StringComparison.Ordinal));
}
