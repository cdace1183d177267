using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageCmdlets.Engine.Tests.Recordings;

namespace ImageCmdlets.Sandbox.Tests.Recordings;

/// <summary>The deployment of a machine by the Azure CLI, and the network that it made, are answered as Azure did.</summary>
[Trait("Category", "Recordings")]
public sealed partial class RecordedDeploymentTests : IDisposable
{
    // The marketplace of the sandbox does not have every image of the recordings.
    private const string Known = """
        "imageReference": {"publisher": "Debian", "offer": "debian-12", "sku": "12-gen2", "version": "latest"}
        """;

    private readonly SandboxClient _client = new();
    private readonly List<string> _differences = [];

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("test_gallery_soft_delete")]
    [InlineData("test_image_update_add_set")]
    [InlineData("test_shared_gallery")]
    public void The_first_deployment_is_answered_as_Azure_did(string title)
    {
        IReadOnlyList<RecordedExchange> all = RecordingLibrary.Require(title).Exchanges;
        RecordedExchange put = all.First(static e => e.Method == "PUT" && Shown().IsMatch(e.Uri.AbsolutePath));
        string location = LocationName().Match(put.RequestBody).Groups[1].Value;
        string group = GroupName().Match(put.Uri.AbsolutePath).Groups[1].Value;
        _client.Group(group, location);
        // The recorder hid the name of the deployment in addresses only.
        string name = (string)JsonNode.Parse(put.Body)!["name"]!;
        string path = Here(put.Uri.PathAndQuery).Replace("mock-deployment", name, StringComparison.Ordinal);

        // Secrets were taken out of the recordings, here the place of the parameter with them.
        string body = Here(Image().Replace(put.RequestBody, Known)).Replace(
            "\"adminPassword\": \"REDACTED\"", "\"adminPassword\": \"[parameters('adminPassword')]\"", StringComparison.Ordinal);
        Answer made = _client.Send("PUT", path, body);
        Compare(put, made.ShouldBe(201));
        Assert.EndsWith("?api-version=2022-09-01", made.Header("Azure-AsyncOperation"), StringComparison.Ordinal);
        _client.Advance(3600);
        string status = _client.Send("GET", made.Header("Azure-AsyncOperation")!).Text;
        Assert.True(status == """{"status":"Succeeded"}""", status);
        IEnumerable<RecordedExchange> gets =
            all.Skip(put.Index + 1).Where(static e => e.Method == "GET" && Shown().IsMatch(e.Uri.AbsolutePath));
        foreach (RecordedExchange get in gets.Take(3))
        {
            string address = Here(get.Uri.PathAndQuery).Replace("mock-deployment", name, StringComparison.Ordinal);
            Compare(get, _client.Send("GET", address).ShouldBe(200));
        }

        Assert.True(_differences.Count == 0, string.Join(Environment.NewLine, _differences));
    }

    private void Compare(RecordedExchange recorded, Answer answer) => JsonDifference.Find(
        JsonNode.Parse(Here(recorded.Body)), answer.Json, $"#{recorded.Index} {recorded.Uri.AbsolutePath}", _differences);

    private string Here(string text) => SubscriptionId().Replace(text, _client.Subscription);

    [GeneratedRegex("\"imageReference\": \\{[^}]*\\}")]
    private static partial Regex Image();

    [GeneratedRegex("\"location\": \"([a-z0-9]+)\"")]
    private static partial Regex LocationName();

    [GeneratedRegex("/resourcegroups/([^/]+)", RegexOptions.IgnoreCase)]
    private static partial Regex GroupName();

    [GeneratedRegex("/subscriptions/[0-9a-f-]{36}", RegexOptions.IgnoreCase)]
    private static partial Regex SubscriptionId();

    [GeneratedRegex("/deployments/[^/]+$|/networkInterfaces/[^/]+$|/publicIPAddresses/[^/]+$", RegexOptions.IgnoreCase)]
    private static partial Regex Shown();
}
