using System.Text.Json.Nodes;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>Every message that Microsoft has published about machines, disks, images and galleries has a sensible id.</summary>
[Trait("Category", "Recordings")]
public sealed class ErrorArticleTests
{
    private const string Target = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/g/providers/Microsoft.Compute/availabilitySets/a";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EachMessageAboutMachinesHasItsId()
    {
        var failures = new List<string>();
        foreach ((string code, string message) in ErrorArticles.Require("compute-error-messages.tsv"))
        {
            string? expected = ReviewedArticles.FindMachine(message);
            ArmOperationException error = await ReplayAsync(StatusOf(code), code, message);
            if (expected != error.ErrorId)
                failures.Add($"{code} '{message}': expected {expected ?? "a review"}, got {error.ErrorId}");
        }

        Assert.Empty(failures);
    }

    // The article gives no codes; a refused request has 400 or 409, what is missing 404.
    [Fact]
    public async Task EachMessageAboutGalleriesHasItsId()
    {
        var failures = new List<string>();
        foreach ((string _, string message) in ErrorArticles.Require("gallery-error-messages.tsv"))
        {
            string? expected = ReviewedArticles.FindGallery(message);
            int status = expected is not null && ErrorCatalog.Find(expected).Category == ImageErrorCategory.ObjectNotFound ? 404 : 400;
            ArmOperationException error = await ReplayAsync(status, null, message);
            if (expected != error.ErrorId)
                failures.Add($"'{message}': expected {expected ?? "a review"}, got {error.ErrorId}");
        }

        Assert.Empty(failures);
    }

    private static Task<ArmOperationException> ReplayAsync(int status, string? code, string message)
    {
        var error = new JsonObject { ["message"] = message };
        if (code is not null)
            error["code"] = code;
        var body = new JsonObject { ["error"] = error };
        if (status == 200)
            body["status"] = "Failed";
        var answer = new RecordedExchange(0, "PUT", new Uri("https://management.azure.com" + Target), string.Empty, status, [], body.ToJsonString());
        return ErrorReplay.RunAsync(answer, Token);
    }

    // The article gives no statuses: these are the usual ones of the codes. What goes wrong in the machine ends an operation.
    private static int StatusOf(string code) => code switch
    {
        "NotFound" or "VMNotFound" => 404,
        "BadRequest" or "InvalidParameter" or "VMMarketplaceInvalidInput" or "DiskBlobNotFound" or "ImageBlobNotFound" or "IncorrectImageBlobType" => 400,
        "SubscriptionNotAuthorizedForImage" => 403,
        "AllocationFailed" or "DiskPreparationError" or "VMStartTimedOut" => 200,
        _ when code.StartsWith("OSProvisioning", StringComparison.Ordinal) || code.StartsWith("VMExtension", StringComparison.Ordinal) => 200,
        _ => 409,
    };
}
