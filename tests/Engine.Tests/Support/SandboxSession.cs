using System.Text;
using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Sessions;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests;

/// <summary>A session with a sandbox of its own, and what tests need to furnish and inspect it without the engine.</summary>
internal sealed class SandboxSession : IDisposable
{
    public const string ComputeVersion = "2023-07-01";
    public const string DiskVersion = "2023-04-02";
    private const string Root = "https://management.azure.com";

    private SandboxSession(ImageSession session)
    {
        Session = session;
        Sandbox = EngineSession.Of(session).Sandbox!;
    }

    public ImageSession Session { get; }

    public ArmSandbox Sandbox { get; }

    public string Fingerprint => Sandbox.GetStatistics().Fingerprint;

    public static async Task<SandboxSession> OpenAsync(int seed = 1)
    {
        var options = new ConnectOptions { Method = AuthenticationMethod.Sandbox, Seed = seed };
        return new SandboxSession(await SessionService.ConnectAsync(options, new RecordingSink(), TestContext.Current.CancellationToken));
    }

    /// <summary>The id of a resource in the default subscription.</summary>
    public string Id(string group, string type, string name) => ResourceId.Of(Session.SubscriptionId, group, type, name).Text;

    public Task<string> GroupAsync(string name, string location = "westeurope", string? subscriptionId = null) =>
        PutAsync($"/subscriptions/{subscriptionId ?? Session.SubscriptionId}/resourceGroups/{name}", "2021-04-01", $$"""{"location":"{{location}}"}""");

    /// <summary>PUT, and time passes until it is done; gives the id.</summary>
    public async Task<string> PutAsync(string id, string version, string body)
    {
        SandboxResponse answer = await SendAsync("PUT", $"{id}?api-version={version}", body);
        Assert.True(answer.Status < 300, Encoding.UTF8.GetString(answer.Body));
        Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Succeeded", (string?)(await GetAsync(id, version))!["properties"]!["provisioningState"]);
        return id;
    }

    public async Task DeleteAsync(string id, string version)
    {
        SandboxResponse answer = await SendAsync("DELETE", $"{id}?api-version={version}");
        Assert.True(answer.Status < 300, Encoding.UTF8.GetString(answer.Body));
        Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    /// <summary>The body of a resource; null where there is none.</summary>
    public async Task<JsonNode?> GetAsync(string id, string version)
    {
        SandboxResponse answer = await SendAsync("GET", $"{id}?api-version={version}");
        return answer.Status == 404 ? null : JsonNode.Parse(answer.Body);
    }

    /// <summary>The names of the resources of a type in both tenants, sorted.</summary>
    public async Task<string[]> NamesAsync(string type, string version)
    {
        var names = new List<string>();
        foreach (string subscription in Sandbox.Subscriptions.Select(subscription => subscription.Id).Append(Sandbox.PartnerSubscriptionId))
        {
            JsonNode? list = await GetAsync($"/subscriptions/{subscription}/providers/{type}", version);
            names.AddRange(list!["value"]!.AsArray().Select(item => (string)item!["name"]!));
        }

        return [.. names.Order(StringComparer.Ordinal)];
    }

    /// <summary>One request, answered at once; no time passes.</summary>
    public Task<SandboxResponse> SendAsync(string method, string pathAndQuery, string? body = null)
    {
        bool isPartners = pathAndQuery.Contains(Sandbox.PartnerSubscriptionId, StringComparison.OrdinalIgnoreCase);
        var headers = new Dictionary<string, string> { ["authorization"] = "Bearer " + (isPartners ? SandboxToken.OfOwner(Sandbox.PartnerTenantId) : "sandbox-token") };
        var request = new SandboxRequest(method, new Uri(Root + pathAndQuery), headers, body is null ? [] : Encoding.UTF8.GetBytes(body));
        return Sandbox.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public void Dispose() => SessionService.Disconnect(Session);
}
