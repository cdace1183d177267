using System.Text;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests;

/// <summary>Talks to a sandbox the way an ARM client does.</summary>
public sealed class SandboxClient : IDisposable
{
    public const string Root = "https://management.azure.com";
    public const string ResourcesVersion = "2022-09-01";

    public SandboxClient(SandboxOptions? options = null) => Sandbox = new ArmSandbox(options ?? new SandboxOptions());

    public ArmSandbox Sandbox { get; }

    public string Subscription => $"/subscriptions/{Sandbox.SubscriptionId}";

    public string? Token { get; set; } = "sandbox-token";

    public Dictionary<string, string> Headers { get; } = [];

    public Answer Send(string method, string pathOrUri, string? body = null)
    {
        var headers = new Dictionary<string, string>(Headers);
        if (Token is not null) headers["authorization"] = $"Bearer {Token}";
        var uri = new Uri(pathOrUri.StartsWith('/') ? Root + pathOrUri : pathOrUri);
        var request = new SandboxRequest(method, uri, headers, body is null ? [] : Encoding.UTF8.GetBytes(body));
        return new Answer(Sandbox.SendAsync(request, CancellationToken.None).GetAwaiter().GetResult());
    }

    public Answer Get(string path, string version) => Send("GET", $"{path}?api-version={version}");

    public Answer Delete(string path, string version) => Send("DELETE", $"{path}?api-version={version}");

    public Answer Put(string path, string version, string body) => Send("PUT", $"{path}?api-version={version}", body);

    public Answer Patch(string path, string version, string body) => Send("PATCH", $"{path}?api-version={version}", body);

    public Answer Post(string path, string version, string? body = null) => Send("POST", $"{path}?api-version={version}", body);

    /// <summary>Makes a group and returns its id.</summary>
    public string Group(string name = "images", string location = "westeurope")
    {
        string id = $"{Subscription}/resourceGroups/{name}";
        Put(id, ResourcesVersion, $$"""{"location":"{{location}}"}""").ShouldBe(201);
        return id;
    }

    public void Advance(double seconds) => Sandbox.Clock.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Lets time pass until the operation that an answer announced has ended, and returns its status.</summary>
    public JsonObject Finish(Answer started)
    {
        string address = started.Header("Azure-AsyncOperation") ?? throw new InvalidOperationException(started.Text);
        for (int i = 0; i < 1000; i++)
        {
            Answer poll = Send("GET", address);
            poll.ShouldBe(200);
            if ((string?)poll.Json["status"] != "InProgress") return poll.Json;
            Advance(1);
        }

        throw new InvalidOperationException("The operation does not end.");
    }

    public string Fingerprint => Sandbox.GetStatistics().Fingerprint;

    /// <summary>Sends what Azure refuses and makes sure that it changed nothing.</summary>
    public Answer Refused(string method, string path, string version, string? body, int status, string code)
    {
        string before = Fingerprint;
        Answer answer = Send(method, $"{path}?api-version={version}", body);
        answer.ShouldBe(status);
        Assert.Equal(code, (string?)answer.Json["error"]!["code"]);
        Assert.Equal(before, Fingerprint);
        return answer;
    }

    public void Dispose() => Sandbox.Dispose();
}
