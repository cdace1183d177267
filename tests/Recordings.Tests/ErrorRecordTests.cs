using System.Management.Automation;

namespace ImageCmdlets.Recordings.Tests;

/// <summary>Every recorded refusal and failure of Azure as the ErrorRecord that a user of a command sees.</summary>
[Trait("Category", "Recordings")]
public sealed class ErrorRecordTests : IDisposable
{
    private const string Subscription = "00000000-0000-0000-0000-000000000000";
    private const string Image = $"/subscriptions/{Subscription}/resourceGroups/g/providers/Microsoft.Compute/images/i";

    private readonly CmdletHost _host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EachHasIdCategoryTargetRequestIdAndAdvice()
    {
        foreach (RecordedError recorded in RecordingLibrary.RequireErrors())
        {
            ErrorRecord record = Fail(recorded.Exchange);
            string command = recorded.Exchange.Status == 200 ? "RemoveCustomImageCommand" : "GetCustomImageCommand";
            ArmOperationException expected = await ErrorReplay.RunAsync(recorded.Exchange with { Method = "GET", Uri = new Uri("https://management.azure.com" + Image) }, Token);

            Assert.Equal($"{IdOf(recorded.Exchange, expected)},ImageCmdlets.Commands.{command}", record.FullyQualifiedErrorId);
            Assert.Equal(ErrorCatalog.Find(IdOf(recorded.Exchange, expected)).Category.ToString(), record.CategoryInfo.Category.ToString());
            Assert.Equal(Image, record.TargetObject);
            Assert.EndsWith(".", record.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
            Assert.Equal(recorded.Exchange.Header("x-ms-request-id"), Assert.IsType<ArmOperationException>(record.Exception).RequestId);
            Assert.Contains(AzureErrorText.Innermost(recorded.Exchange.Body).Message ?? "Azure gave no reason.", record.ErrorDetails.Message, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _host.Dispose();

    // The end of an operation is met by a command that waits for one.
    private ErrorRecord Fail(RecordedExchange answer)
    {
        bool isOperation = answer.Status == 200;
        using HttpMessageHandler handler = isOperation ? new FailingOperationHandler(answer) : new FixedAnswerHandler(answer);
        using var replay = new ReplaySession(handler, Subscription);
        string command = isOperation ? "Remove-CustomImage -Confirm:$false" : "Get-CustomImage";
        return _host.Fail($"{command} -Session $session -Id $image", ("session", replay.Session), ("image", Image));
    }

    // A poll is about no resource of its own, so what it misses is told by the resource of the command.
    private static string IdOf(RecordedExchange answer, ArmOperationException expected) =>
        answer.Status == 200 && expected.ErrorId == ErrorIds.VMNotFound ? ErrorIds.ImageNotFound : expected.ErrorId;
}
