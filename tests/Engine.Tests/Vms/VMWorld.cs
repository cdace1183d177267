using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Sessions;
using ImageCmdlets.Engine.Vms;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Vms;

/// <summary>A sandbox in which tests make machines, and the eyes to look at what is there without the engine.</summary>
internal sealed class VMWorld : IDisposable
{
    public const string Windows = "MicrosoftWindowsServer:WindowsServer:2022-datacenter-core-g2:latest";
    public const string Linux = "Canonical:ubuntu-24_04-lts:server:latest";
    public const string Compute = "2023-07-01";
    public const string Network = "2022-07-01";
    public const string Groups = "2021-04-01";

    private VMWorld(ImageSession session)
    {
        Session = session;
        Sandbox = EngineSession.Of(session).Sandbox!;
    }

    public ImageSession Session { get; }

    public ArmSandbox Sandbox { get; }

    public RecordingSink Sink { get; } = new();

    public string Fingerprint => Sandbox.GetStatistics().Fingerprint;

    public IEnumerable<ImageVM> Machines => Sink.Items.OfType<ImageVM>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<VMWorld> OpenAsync()
    {
        var options = new ConnectOptions { Method = AuthenticationMethod.Sandbox, Seed = 1 };
        return new VMWorld(await SessionService.ConnectAsync(options, new RecordingSink(), Token));
    }

    public static NewVMOptions Request(string name, string image = Linux) => new() { ResourceGroupName = "images", Name = name, Location = "westeurope", Image = image };

    public Task NewAsync(params NewVMOptions[] requests) => NewAsync(new RunOptions(), requests);

    public Task NewAsync(RunOptions run, params NewVMOptions[] requests) => VMService.NewAsync(Session, requests, run, Sink, Token);

    public Task RemoveAsync(RemoveVMOptions target) => VMService.RemoveAsync(Session, [target], new RunOptions(), Sink, Token);

    public Task PowerAsync(VMPowerAction action, RunOptions run, params string[] names) =>
        VMService.ChangePowerAsync(Session, [.. names.Select(name => Id(ResourceTypes.VirtualMachine, name))], action, run, Sink, Token);

    public string Id(string type, string name, string group = "images") => ResourceId.Of(Session.SubscriptionId, group, type, name).Text;

    /// <summary>How many resources of a type there are.</summary>
    public int Count(string type) => Sandbox.GetStatistics().ResourcesByType.TryGetValue(type, out int count) ? count : 0;

    /// <summary>A resource as Azure shows it; null where there is none.</summary>
    public async Task<JsonNode?> GetAsync(string type, string name, string version)
    {
        SandboxResponse answer = await SendAsync("GET", $"{Id(type, name)}?api-version={version}");
        return answer.Status == 404 ? null : JsonNode.Parse(answer.Body);
    }

    /// <summary>PUT by somebody else; the time it takes passes.</summary>
    public Task PutAsync(string path, string version, string body) => SendAndWaitAsync("PUT", path, version, body);

    /// <summary>PATCH by somebody else; the time it takes passes.</summary>
    public Task PatchAsync(string path, string version, string body) => SendAndWaitAsync("PATCH", path, version, body);

    /// <summary>DELETE by somebody else; no time passes.</summary>
    public async Task DeleteAsync(string path, string version) => Assert.InRange((await SendAsync("DELETE", $"{path}?api-version={version}")).Status, 200, 204);

    public async Task PostAsync(string path)
    {
        SandboxResponse answer = await SendAsync("POST", $"{path}?api-version={Compute}");
        Assert.InRange(answer.Status, 200, 202);
        Sandbox.Clock.Advance(TimeSpan.FromMinutes(5));
    }

    public Task MakeGroupAsync() => PutAsync(ResourceId.OfGroup(Session.SubscriptionId, "images").Text, Groups, """{"location":"westeurope"}""");

    public async Task<bool> GroupExistsAsync() =>
        (await SendAsync("GET", $"{ResourceId.OfGroup(Session.SubscriptionId, "images").Text}?api-version={Groups}")).Status == 200;

    public void Dispose() => SessionService.Disconnect(Session);

    private async Task SendAndWaitAsync(string method, string path, string version, string body)
    {
        SandboxResponse answer = await SendAsync(method, $"{path}?api-version={version}", body);
        Assert.InRange(answer.Status, 200, 202);
        Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    private Task<SandboxResponse> SendAsync(string method, string pathAndQuery, string? body = null)
    {
        var headers = new Dictionary<string, string> { ["authorization"] = "Bearer sandbox-token" };
        byte[] content = body is null ? [] : System.Text.Encoding.UTF8.GetBytes(body);
        return Sandbox.SendAsync(new SandboxRequest(method, new Uri("https://management.azure.com" + pathAndQuery), headers, content), Token);
    }
}
