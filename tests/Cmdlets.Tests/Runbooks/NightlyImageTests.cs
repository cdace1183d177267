using System.Collections;

namespace ImageCmdlets.Cmdlets.Tests.Runbooks;

/// <summary>samples/runbooks/New-NightlyImage.ps1 as a job: a hidden version, its proof, its release, and nothing left; wherever it was ended before.</summary>
public sealed class NightlyImageTests(ITestOutputHelper output)
{
    private const string Runbook = "New-NightlyImage";

    // A gallery with a version that retention has to retire, of an image that came into it by another way.
    private const string Furnishing = """
        $null = New-ImageVM -g images -n seed -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue
        $null = New-ImageGallery -g images -n prod -l westeurope
        $null = New-ImageDefinition -g images prod web -OSType Linux -HyperVGeneration V2
        $null = Get-ImageVM -g images -n seed | Invoke-Generalize -Force | New-ImageVersion -g images prod web -Version 1.0.0
        Remove-ImageVM -g images -n seed -Force
        """;

    private const string Picture = """
        Get-ImageVersion -g images prod web | ForEach-Object {
            $tags = [string[]] $_.Tag.Keys; [array]::Sort($tags)
            "$($_.Name) $($_.ProvisioningState) excluded=$($_.ExcludeFromLatest) staged=$($_.IsStaged) in $($_.TargetRegion.Location): $tags"
        }
        $types = [string[]] (Get-ImageSandbox).Resource.Keys; [array]::Sort($types)
        $types | ForEach-Object { "$((Get-ImageSandbox).Resource[$_]) $_" }
        "$((Get-ImageSandbox).ResourceGroupCount) groups, $(@(Get-ImageLeftover -IncludeInterrupted).Count) leftovers, $(@(Get-ImageOperation).Count) operations"
        """;

    private const string Released = """
        2026.105.0 Succeeded excluded=False staged=False in westeurope northeurope: build imagecmdlets-operation imagecmdlets-source imagecmdlets-step imagecmdlets-urn
        1 Microsoft.Authorization/roleAssignments
        1 Microsoft.Compute/galleries
        1 Microsoft.Compute/galleries/images
        1 Microsoft.Compute/galleries/images/versions
        1 groups, 0 leftovers, 0 operations
        """;

    private static Hashtable Parameters => new()
    {
        ["ResourceGroupName"] = "images", ["GalleryName"] = "prod", ["DefinitionName"] = "web", ["Image"] = "Debian:debian-12:12-gen2:latest", ["Location"] = "westeurope",
        ["Region"] = new[] { "westeurope", "northeurope" }, ["BuildId"] = "tonight", ["KeepLast"] = 1,

        // Run twice, it would not pass the test.
        ["CustomizeScript"] = "sleep 90; echo golden >> /opt/golden", ["TestScript"] = "test \"$(cat /opt/golden)\" = golden",
    };

    private static RunbookScene Open() => new(Furnishing, ("Contributor", ""));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ItAsksNobodyAndReleasesWhatHasPassed(bool hasInterface)
    {
        using var scene = Open();
        var ui = new RefusingUserInterface();

        RunbookRun run = scene.Run(Runbook, Parameters, hasInterface ? ui : null);

        Assert.Null(run.Error);
        Assert.Empty(run.Warnings);
        Assert.Empty(ui.Refused);
        Assert.Equal("tonight 2026.105.0 Released", $"{run["BuildId"]} {run["Version"]} {run["State"]}");
        Assert.Null(run["Reason"]);
        Assert.Equal("westeurope northeurope", run.List("Region"));
        Assert.Equal("1.0.0", run.List("Retired"));
        Assert.Equal(Released, PictureOf(scene));
    }

    [Fact]
    public void TheSameBuildAgainChangesNothing()
    {
        using var scene = Open();
        RunbookRun first = scene.Run(Runbook, Parameters);
        object before = scene.Ask("(Get-ImageSandbox).Fingerprint")[0].BaseObject;

        RunbookRun again = scene.Run(Runbook, Parameters);

        Assert.Equal(first["VersionId"], again["VersionId"]);
        Assert.Null(again.Error);
        Assert.Equal(before, scene.Ask("(Get-ImageSandbox).Fingerprint")[0].BaseObject);
    }

    [Fact]
    public void AVersionThatDoesNotPassStaysHiddenAndSaysWhyAndTheOldOneStaysLatest()
    {
        using var scene = Open();
        Hashtable parameters = Parameters;
        parameters["TestScript"] = "cat /opt/silver";

        RunbookRun[] runs = [scene.Run(Runbook, parameters), scene.Run(Runbook, parameters)];

        Assert.All(runs, run =>
        {
            Assert.StartsWith("Version 2026.105.0 did not pass its test and stays hidden: Script on test01: Failed with exit code 1.", $"{run.Error}", StringComparison.Ordinal);
            Assert.Equal("Hidden", run["State"]);
            Assert.Equal("", run.List("Retired"));
        });
        Assert.Contains("cat: /opt/silver: No such file or directory", (string)scene.Ask("(Get-ImageVersion -g images prod web 2026.105.0).Tag['imagecmdlets-undone']")[0].BaseObject, StringComparison.Ordinal);
        Assert.Equal("1.0.0", scene.Ask("(Get-ImageVersion -g images prod web -Latest).Name")[0].BaseObject);
        Assert.EndsWith("1 groups, 0 leftovers, 0 operations", PictureOf(scene), StringComparison.Ordinal);
    }

    [Fact]
    public void AScriptThatFailsEndsTheJobAndLeavesNothing()
    {
        using var scene = Open();
        Hashtable parameters = Parameters;
        parameters["CustomizeScript"] = "echo broken >&2; exit 3";
        string before = PictureOf(scene);

        RunbookRun run = scene.Run(Runbook, parameters);

        Assert.Equal("GuestScriptFailed,ImageCmdlets.Commands.InvokeImageScriptCommand", run.Error?.FullyQualifiedErrorId);
        Assert.Empty(run.Output);
        Assert.Equal(before, PictureOf(scene));
    }

    [Theory]
    [InlineData(JobEnd.Stopped)]
    [InlineData(JobEnd.Lost)]
    public async Task EndedAnywhereAndStartedAgainItEndsAsIfNobodyHadDisturbedIt(JobEnd end)
    {
        int stride = Environment.GetEnvironmentVariable("IMAGECMDLETS_EVERY_CALL") == "1" ? 5 : 89;
        int ends = 0;
        for (int call = 3; ; call += stride, ends++)
        {
            using var scene = Open();
            if (!await scene.EndAsync(Runbook, Parameters, call, end))
                break;

            string between = PictureOf(scene);
            RunbookRun run = scene.Run(Runbook, Parameters);

            string picture = PictureOf(scene);
            Assert.True(run.Error is null && picture == Released, $"{end} at {call}: {run.Error}\n{picture}\nafter\n{between}");
        }

        output.WriteLine($"{end} {ends} times.");
        Assert.InRange(ends, 4, 200);
    }

    [Fact]
    public async Task AnotherBuildGivesUpWhatIsLeftOfTheLast()
    {
        using var scene = Open();
        Assert.True(await scene.EndAsync(Runbook, Parameters, 60, JobEnd.Lost));
        Assert.NotEmpty(scene.Ask("Get-ImageVM -g prod-web-build"));
        Hashtable parameters = Parameters;
        parameters["BuildId"] = "tomorrow";

        RunbookRun run = scene.Run(Runbook, parameters);

        Assert.Equal("tomorrow Released", $"{run["BuildId"]} {run["State"]}");
        Assert.Equal(Released, PictureOf(scene));
    }

    private static string PictureOf(RunbookScene scene) => string.Join("\n", scene.Ask(Picture));
}
