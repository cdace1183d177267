using System.Globalization;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>Every recorded refusal and failure of Azure becomes an error that a user can act on.</summary>
[Trait("Category", "Recordings")]
public sealed class RecordedErrorTests(ITestOutputHelper output)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task EachHasAnIdOfTheListItsCategoryAndAdvice() => CheckAllAsync((_, error) =>
    {
        ErrorDescriptor descriptor = ErrorCatalog.Find(error.ErrorId);
        Assert.Equal(error.ErrorId, descriptor.ErrorId);
        Assert.NotEqual(ErrorIds.UnexpectedFailure, error.ErrorId);
        Assert.Equal(descriptor.Category, error.Category);
        Assert.NotEqual(ImageErrorCategory.NotSpecified, error.Category);
        Assert.EndsWith(".", error.RecommendedAction, StringComparison.Ordinal);
    });

    [Fact]
    public Task EachHasTheIdThatItsMeaningAsksFor() => CheckAllAsync((recorded, error) =>
    {
        (string? code, string? message) = AzureErrorText.Innermost(recorded.Exchange.Body);
        string? expected = ReviewedErrors.Find(recorded.Exchange, code, message);
        if (expected is null)
            output.WriteLine($"not reviewed: {recorded} {code} '{message}' gives {error.ErrorId}");
        else
            Assert.Equal(expected, error.ErrorId);
    });

    [Fact]
    public Task EachSaysWhatAzureSaid() => CheckAllAsync((recorded, error) =>
    {
        (string? code, string? message) = AzureErrorText.Innermost(recorded.Exchange.Body);
        Assert.Contains(message ?? "Azure gave no reason.", error.Message, StringComparison.Ordinal);
        Assert.Contains(recorded.Exchange.Status.ToString(CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
        Assert.Equal(code, error.Details.InnerCode ?? error.Details.Code);
        Assert.Equal(message, error.Details.ServiceMessage);
    });

    [Fact]
    public Task EachNamesItsResource() => CheckAllAsync((recorded, error) =>
    {
        string path = recorded.Exchange.Uri.AbsolutePath;
        string expected = recorded.Exchange.Status == 200 ? ErrorReplay.Resource : recorded.Exchange.Method == "POST" ? WithoutAction(path) : path;
        Assert.Equal(expected, Assert.IsType<string>(error.Target));
    });

    [Fact]
    public Task EachKeepsTheHeadersThatSupportAsksFor() => CheckAllAsync((recorded, error) =>
    {
        Assert.Equal(recorded.Exchange.Header("x-ms-request-id"), error.RequestId);
        Assert.Equal(recorded.Exchange.Header("x-ms-correlation-request-id"), error.Details.CorrelationId);
        if (error.RequestId is not null)
            Assert.Contains(error.RequestId, error.Message, StringComparison.Ordinal);
        if (recorded.Exchange.Header("Retry-After") is { } seconds)
            Assert.Equal(TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)), error.Details.RetryAfter);
    });

    [Fact]
    public Task EachThrottleTellsHowLongToWait() => CheckAllAsync((recorded, error) =>
    {
        bool isTold = recorded.Exchange.Header("Retry-After") is not null || recorded.Exchange.Body.Contains("try again after '", StringComparison.Ordinal);
        if (recorded.Exchange.Status != 429 || !isTold)
            return;

        Assert.NotNull(error.Details.RetryAfter);
        string seconds = error.Details.RetryAfter.Value.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        Assert.Contains($" {seconds} seconds", error.RecommendedAction, StringComparison.Ordinal);
    });

    [Fact]
    public async Task EachIsReadTheSameWhateverItsForm()
    {
        foreach (RecordedError recorded in RecordingLibrary.RequireErrors().Where(recorded => recorded.Exchange.Body.StartsWith('{')))
        {
            string expected = Describe(await ErrorReplay.RunAsync(recorded.Exchange, Token));
            JsonObject body = JsonNode.Parse(recorded.Exchange.Body)!.AsObject();
            foreach ((string name, Func<JsonObject, JsonObject> mutate) in BodyMutation.All)
            {
                RecordedExchange mutated = recorded.Exchange with { Body = mutate(body).ToJsonString(), Headers = [] };
                string actual = Describe(await ErrorReplay.RunAsync(mutated, Token));
                Assert.True(expected == actual, $"{recorded} with {name}:\n{expected}\n{actual}");
            }
        }
    }

    // Everything but what only headers tell.
    private static string Describe(ArmOperationException error) =>
        string.Join(" | ", error.ErrorId, error.Category, error.Target, error.Status, error.Code, error.Details.InnerCode, error.Details.ServiceMessage, error.Details.ServiceTarget);

    // Behind the provider's namespace stand pairs of type and name; what is left over is the action.
    private static string WithoutAction(string path)
    {
        string[] segments = path.Split('/');
        int provider = Array.FindLastIndex(segments, segment => segment.Equals("providers", StringComparison.OrdinalIgnoreCase));
        bool hasAction = (segments.Length - provider) % 2 != 0;
        return hasAction ? string.Join('/', segments[..^1]) : path;
    }

    private static async Task CheckAllAsync(Action<RecordedError, ArmOperationException> check)
    {
        var failures = new List<string>();
        foreach (RecordedError recorded in RecordingLibrary.RequireErrors())
        {
            try
            {
                check(recorded, await ErrorReplay.RunAsync(recorded.Exchange, Token));
            }
            catch (Exception exception) when (exception is Xunit.Sdk.IAssertionException or ImageCmdletsException)
            {
                failures.Add($"{recorded}: {exception.Message}");
            }
        }

        Assert.True(failures.Count == 0, string.Join(Environment.NewLine, failures));
    }
}
