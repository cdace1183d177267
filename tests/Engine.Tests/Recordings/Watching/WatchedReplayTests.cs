using System.Text;
using Azure.Core;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Sessions;
using ImageCmdlets.Tests;
using ImageCmdlets.Tests.Specification;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>What the engine asks of a test's own answers is judged like what it asks of the sandbox.</summary>
public sealed class WatchedReplayTests
{
    private const string Subscription = "00000000-0000-0000-0000-000000000000";
    private const string Image = $"/subscriptions/{Subscription}/resourceGroups/g/providers/Microsoft.Compute/images/i";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PUT", Image, """{"location":"westus","wrong":1}""", "Images_CreateOrUpdate 2023-07-01, request, /wrong: unknown")]
    [InlineData("PUT", Image, null, "Images_CreateOrUpdate 2023-07-01, request, /: body")]
    [InlineData("GET", $"{Image}?$wrong=1", null, "Images_Get 2023-07-01, query, $wrong: unknown")]
    [InlineData("GET", $"{Image}/wrong/1", null, $"GET {Image}/wrong/1 2023-07-01, path, /: unknown")]
    public async Task A_wrong_request_fails_the_test_in_which_it_is_sent(string method, string path, string? body, string expected)
    {
        Assert.SkipWhen(SpecificationFolder.Find() is null, SpecificationFolder.WhyNot);
        ExchangeWatch watch = await SendAsync(method, path, body);

        SpecificationViolatedException violated = Assert.Throws<SpecificationViolatedException>(
            () => watch.ThrowIfViolated(TestContext.Current.Test!.TestDisplayName));
        Assert.Contains($"\n  {expected}", violated.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_request_of_no_test_fails_the_run()
    {
        Assert.SkipWhen(SpecificationFolder.Find() is null, SpecificationFolder.WhyNot);
        ExchangeWatch watch = await SendAsync("GET", $"{Image}/wrong/1", null);

        watch.ThrowIfViolated("another test");
        Assert.Throws<SpecificationViolatedException>(() => watch.ThrowIfViolated());
    }

    [Fact]
    public async Task A_right_request_is_judged_and_passes()
    {
        Assert.SkipWhen(SpecificationFolder.Find() is null, SpecificationFolder.WhyNot);
        ExchangeWatch watch = await SendAsync("GET", $"{Image}?$expand=properties", null);

        watch.ThrowIfViolated();
        Assert.Equal((1, 1), (watch.Counts.Heard, watch.Counts.Judged));
    }

    [Fact]
    public void No_test_reaches_the_engine_past_the_watch()
    {
        IEnumerable<string> makers = Directory.EnumerateFiles(Path.Combine(BuiltModule.RepositoryRoot, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(static file => !Path.GetFileName(file).Equals($"{nameof(WatchedReplayTests)}.cs", StringComparison.Ordinal))
            .Where(static file => File.ReadAllText(file) is var text
                && (text.Contains($"new {nameof(SessionTransport)}(", StringComparison.Ordinal) || text.Contains($"new {nameof(EngineSession)}(", StringComparison.Ordinal)))
            .Select(static file => Path.GetFileName(file));

        // Another process's way ends at a sandbox, which is watched like all others.
        Assert.Equal([$"{nameof(OtherProcess)}.cs", $"{nameof(ReplaySession)}.cs"], makers.Order(StringComparer.Ordinal));
    }

    private static async Task<ExchangeWatch> SendAsync(string method, string path, string? body)
    {
        var watch = new ExchangeWatch(static () => new ExchangeJudge(SpecificationLibrary.Shared!));
        using var replay = new ReplaySession(new FixedAnswerHandler(new RecordedExchange(0, method, new Uri("https://management.azure.com" + Image), string.Empty, 200, [], "{}")), Subscription, watch);
        using HttpMessage message = replay.Engine.Pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Parse(method);
        message.Request.Uri.Reset(new Uri($"https://management.azure.com{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}api-version={ArmApiVersions.Compute}"));
        if (body is not null) message.Request.Content = RequestContent.Create(Encoding.UTF8.GetBytes(body));
        await replay.Engine.Pipeline.SendAsync(message, Token);
        return watch;
    }
}
