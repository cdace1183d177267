using System.Net.Http.Json;
using ImageCmdlets.Tests.Specification;

namespace ImageCmdlets.SandboxServer.Tests.Watching;

/// <summary>What is asked of a server, and what it answers, is judged like what a sandbox in the test's own process hears.</summary>
public sealed class WatchedServerTests
{
    private const string Group = "/subscriptions/10000000-0000-4000-8000-000000000001/resourceGroups/rg?api-version=2021-04-01";

    [Theory]
    [InlineData("right", null)]
    [InlineData("wrong", "ResourceGroups_CreateOrUpdate 2021-04-01, request, /wrong: unknown")]
    public async Task A_violation_in_a_server_that_was_killed_is_found(string member, string? expected)
    {
        Assert.SkipWhen(SpecificationFolder.Find() is null, SpecificationFolder.WhyNot);
        var watch = new ExchangeWatch(static () => new ExchangeJudge(SpecificationLibrary.Shared!));
        var processes = new ChildProcesses(watch);
        using (var server = new ServerProcess(processes.Environment))
        {
            using HttpClient client = server.CreateClient();
            var body = new Dictionary<string, string> { ["location"] = "westeurope", [member == "right" ? "managedBy" : member] = "x" };
            using HttpResponseMessage put = await client.PutAsJsonAsync(Group, body, TestContext.Current.CancellationToken);
            Assert.Equal(System.Net.HttpStatusCode.Created, put.StatusCode);
            server.Kill();
        }

        processes.HearAll();
        Assert.Equal((1, 1), (watch.Counts.Heard, watch.Counts.Judged));
        SpecificationViolatedException? violated = Record.Exception(() => watch.ThrowIfViolated()) as SpecificationViolatedException;
        Assert.Equal(expected is not null, violated is not null);
        if (expected is not null) Assert.Contains(expected, violated!.Message, StringComparison.Ordinal);
    }
}
