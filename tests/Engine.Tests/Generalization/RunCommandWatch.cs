using System.Text;
using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Sessions;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Generalization;

/// <summary>The way to the sandbox with somebody who looks at every run command that passes.</summary>
internal sealed class RunCommandWatch(ArmSandbox sandbox) : DelegatingHandler(new SandboxMessageHandler(sandbox))
{
    /// <summary>The bytes of every script that was sent.</summary>
    public List<int> Scripts { get; } = [];

    /// <summary>The parameters of every script, as NAME=VALUE.</summary>
    public List<string[]> Parameters { get; } = [];

    /// <summary>The seconds that Azure was told.</summary>
    public List<int> Limits { get; } = [];

    /// <summary>The bytes of every output that was read, errors included.</summary>
    public List<int> Outputs { get; } = [];

    /// <summary>How many run commands were taken away while their scripts ran.</summary>
    public int Cancellations { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.RequestUri!.AbsolutePath.Contains("/runCommands/", StringComparison.OrdinalIgnoreCase))
            return await base.SendAsync(request, cancellationToken);

        if (request.Method == HttpMethod.Put)
            Note(JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken)).RootElement.Find("properties") ?? default);
        if (request.Method == HttpMethod.Delete && await IsRunningAsync(request, cancellationToken))
            Cancellations++;
        HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);
        if (request.Method == HttpMethod.Get && answer.IsSuccessStatusCode)
            NoteView(JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken)).RootElement.Find("properties", "instanceView") ?? default);
        return answer;
    }

    private void Note(JsonElement sent)
    {
        Scripts.Add(Encoding.UTF8.GetByteCount(sent.Text("source", "script")!));
        Parameters.Add([.. sent.Items("parameters").Select(parameter => $"{parameter.Text("name")}={parameter.Text("value")}")]);
        Limits.Add(sent.Number("timeoutInSeconds")!.Value);
    }

    private void NoteView(JsonElement view)
    {
        Outputs.Add(Encoding.UTF8.GetByteCount(view.Text("output") ?? string.Empty));
        Outputs.Add(Encoding.UTF8.GetByteCount(view.Text("error") ?? string.Empty));
    }

    private async Task<bool> IsRunningAsync(HttpRequestMessage deletion, CancellationToken cancellationToken)
    {
        using var look = new HttpRequestMessage(HttpMethod.Get, deletion.RequestUri + "&$expand=instanceView");
        foreach (KeyValuePair<string, IEnumerable<string>> header in deletion.Headers)
            look.Headers.TryAddWithoutValidation(header.Key, header.Value);
        using HttpResponseMessage answer = await base.SendAsync(look, cancellationToken);
        return answer.IsSuccessStatusCode
            && JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken)).RootElement.Text("properties", "instanceView", "executionState") == "Running";
    }
}
