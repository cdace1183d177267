using System.Diagnostics;

namespace ImageCmdlets.Bench.ImageCopyPeer;

/// <summary>Our Copy-CustomImage, in a process of its own.</summary>
internal sealed class CopyCustomImage : IPeerTool
{
    private const string Mark = "result: ";

    public string Name => "Copy-CustomImage";

    public string SignOfCopy => "\"CopyStart\"";

    /// <summary>Runs a script in a session for the server.</summary>
    public static Task<ToolRun> RunAsync(PeerServer server, string script, Func<bool>? isEnough = null)
    {
        string connect = $"Connect-ImageSession -Endpoint {server.Address} -EndpointCertificatePath '{server.World.Certificate}' " +
                         $"-SubscriptionId {World.Subscription} | Out-Null\n";
        return ToolProcess.RunAsync(new ProcessStartInfo("dotnet", [Repository.Assembly("Shell", "ImageCmdlets.Shell.dll"), "-Command", connect + script]), isEnough);
    }

    public Task SignInAsync(PeerServer server) => Task.CompletedTask;

    public Task<ToolRun> CopyAsync(PeerServer server, IReadOnlyList<string> regions, Func<bool>? isEnough = null) => RunAsync(
        server,
        $"Copy-CustomImage -g images -n golden -l {string.Join(',', regions)} -TargetResourceGroupName copies -ErrorAction SilentlyContinue | " +
        $"ForEach-Object {{ \"{Mark}$($_.Location) $($_.State) $($_.Method) $($_.Error.Message)\" }}",
        isEnough);

    public IReadOnlyList<string> Essence(ToolRun run) =>
        [.. run.Output.Split('\n').Where(static line => line.StartsWith(Mark, StringComparison.Ordinal)).Select(static line => line[Mark.Length..].Trim()).Order(StringComparer.Ordinal)];
}
