using System.Diagnostics;
using System.Text.Json;

namespace ImageCmdlets.Cmdlets.Tests.Isolation;

/// <summary>The module keeps its packages to itself, in a process where others loaded other versions first.</summary>
public sealed class IsolationTests
{
    [Fact]
    public async Task TheModuleUsesItsOwnPackagesBesideOtherVersions()
    {
        using JsonDocument report = await RunProbeAsync(TestContext.Current.CancellationToken);
        JsonElement root = report.RootElement;

        Assert.Empty(root.GetProperty("errors").EnumerateArray());
        Assert.Equal(
            ["ImageCmdlets.ImageSession", "ImageCmdlets.ImageSandboxState", "AuthenticationFailed,ImageCmdlets.Commands.ConnectImageSessionCommand"],
            root.GetProperty("output").EnumerateArray().Select(item => item.GetString()));

        foreach (string package in (string[])["Azure.Core", "System.Text.Json"])
        {
            Version theirs = VersionIn(root, "Default", package);
            Version ours = VersionIn(root, "ImageCmdlets", package);
            Assert.NotEqual(theirs, ours);
        }

        // The credentials moved into Azure.Core after the version that the probe loaded; ours signed in with those.
        Assert.Equal(["Default"], ContextsOf(root, "Azure.Identity"));
    }

    [Fact]
    public async Task ContractsHasOneIdentityAndTheEngineIsNeverInPowerShellsContext()
    {
        using JsonDocument report = await RunProbeAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["Default"], ContextsOf(report.RootElement, "ImageCmdlets.Contracts"));
        Assert.Equal(["ImageCmdlets"], ContextsOf(report.RootElement, "ImageCmdlets.Engine"));
    }

    private static Version VersionIn(JsonElement root, string context, string assembly) => Version.Parse(
        root.GetProperty("loaded").EnumerateArray()
            .Single(item => item.GetProperty("context").GetString() == context && item.GetProperty("name").GetString() == assembly)
            .GetProperty("version").GetString()!);

    private static IEnumerable<string?> ContextsOf(JsonElement root, string assembly) => root.GetProperty("loaded").EnumerateArray()
        .Where(item => item.GetProperty("name").GetString() == assembly)
        .Select(item => item.GetProperty("context").GetString());

    private static async Task<JsonDocument> RunProbeAsync(CancellationToken cancellationToken)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string probe = Path.Combine(BuiltModule.RepositoryRoot, "tests", "IsolationProbe", "bin", configuration, "net10.0", "ImageCmdlets.IsolationProbe.dll");
        var start = new ProcessStartInfo("dotnet", [probe, BuiltModule.Manifest]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string text = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return JsonDocument.Parse(text);
    }
}
