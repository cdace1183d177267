using System.Collections;
using System.Management.Automation;

namespace ImageCmdlets.Cmdlets.Tests.Runbooks;

/// <summary>samples/runbooks/Update-Fleet.ps1 as a job: all sets of a definition get its latest version, or all are as they were; wherever the job was ended before.</summary>
public sealed class FleetTests(ITestOutputHelper output)
{
    private const string Runbook = "Update-Fleet";

    // One set follows the latest version, the others name 1.0.0.
    private const string Furnishing = """
        $null = New-ImageVM -g images -n seed -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue
        $image = Get-ImageVM -g images -n seed | Invoke-Generalize -Force | New-CustomImage
        $null = New-ImageGallery -g images -n prod -l westeurope
        $definition = New-ImageDefinition -g images prod web -FromSource $image.Id
        $old = New-ImageVersion -g images prod web -Source $image.Id -Version 1.0.0
        $key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFRlc3RLZXlGb3JUaGVTYW5kYm94T25seTEyMzQ1Njc4OTA= test'
        $made = @{ ResourceGroupName = 'apps'; Location = 'westeurope'; SshPublicKey = $key; HealthProtocol = 'http'; HealthPort = 80; OrchestrationMode = 'Uniform' }
        $null = New-ImageScaleSet @made -Name web1 -Image $old.Id -Capacity 3
        $null = New-ImageScaleSet @made -Name web2 -Image $definition.Id -Capacity 2
        $null = New-ImageVersion -g images prod web -Source $image.Id -Version 1.1.0
        """;

    // The second machine of the first set does not serve with the new version.
    private const string Illness = """
        $second = (Get-ImageScaleSet -g apps web1 -IncludeInstance).Instance[1].InstanceId
        Set-ImageSandbox -GuestFault @{ VM = "web1_$second"; Kind = 'Unhealthy'; Detail = '*/versions/1.1.0' }
        """;

    private const string Picture = """
        Get-ImageScaleSet -g apps -IncludeInstance | ForEach-Object {
            "$($_.Name) of $($_.Image -replace '.*/', ''): $(($_.Instance | ForEach-Object { "$($_.Version) $($_.Health)" }) -join ', ')"
        }
        "latest $((Get-ImageVersion -g images prod web -Latest).Name), $(@(Get-ImageLeftover -IncludeInterrupted).Count) leftovers, $(@(Get-ImageOperation).Count) operations"
        """;

    private const string Updated = """
        web1 of 1.1.0: 1.1.0 Healthy, 1.1.0 Healthy, 1.1.0 Healthy
        web2 of web: 1.1.0 Healthy, 1.1.0 Healthy
        latest 1.1.0, 0 leftovers, 0 operations
        """;

    private const string Restored = """
        web1 of 1.0.0: 1.0.0 Healthy, 1.0.0 Healthy, 1.0.0 Healthy
        web2 of web: 1.0.0 Healthy, 1.0.0 Healthy
        latest 1.0.0, 0 leftovers, 0 operations
        """;

    private static Hashtable Parameters => new() { ["ResourceGroupName"] = "images", ["GalleryName"] = "prod", ["DefinitionName"] = "web", ["MaxBatchPercent"] = 34 };

    private static RunbookScene Open(bool isIll) => new(
        isIll ? Furnishing + "\n" + Illness : Furnishing, ("Compute Gallery Artifacts Publisher", "/resourceGroups/images"), ("Virtual Machine Contributor", "/resourceGroups/apps"), ("Reader", ""));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ItAsksNobodyAndBringsAllSetsToTheLatestVersion(bool hasInterface)
    {
        using RunbookScene scene = Open(isIll: false);
        var ui = new RefusingUserInterface();

        RunbookRun run = scene.Run(Runbook, Parameters, hasInterface ? ui : null);

        Assert.Null(run.Error);
        Assert.Empty(run.Warnings);
        Assert.Empty(ui.Refused);
        Assert.Equal("1.1.0 Updated web1 web2", $"{run["Version"]} {run["State"]} {run.List("ScaleSet")}");
        Assert.Equal((5, 0), (run["Updated"], run["Restored"]));
        Assert.Equal(Updated, PictureOf(scene));
    }

    [Fact]
    public void AVersionThatMakesMachinesIllIsTakenBackAndTheOtherSetsNeverGetIt()
    {
        using RunbookScene scene = Open(isIll: true);
        var ui = new RefusingUserInterface();

        RunbookRun run = scene.Run(Runbook, Parameters, ui);

        Assert.StartsWith("The rollout was taken back: web1: ", $"{run.Error}", StringComparison.Ordinal);
        Assert.Empty(ui.Refused);
        Assert.Equal("1.1.0 RolledBack web1", $"{run["Version"]} {run["State"]} {run.List("ScaleSet")}");
        Assert.Equal((1, 2), (run["Updated"], run["Restored"]));
        Assert.StartsWith("web1: ", (string)scene.Ask("(Get-ImageVersion -g images prod web 1.1.0).Tag['imagecmdlets-undone']")[0].BaseObject, StringComparison.Ordinal);
        Assert.Equal(Restored, PictureOf(scene));
    }

    [Fact]
    public void TheSameAgainChangesNothing()
    {
        using RunbookScene scene = Open(isIll: true);
        scene.Run(Runbook, Parameters);
        object before = scene.Ask("(Get-ImageSandbox).Fingerprint")[0].BaseObject;

        RunbookRun again = scene.Run(Runbook, Parameters);

        Assert.Null(again.Error);
        Assert.Equal("1.0.0 Updated 0", $"{again["Version"]} {again["State"]} {again["Updated"]}");
        Assert.Equal(before, scene.Ask("(Get-ImageSandbox).Fingerprint")[0].BaseObject);
    }

    [Fact]
    public void WhatIsNotTheVersionsFaultDoesNotKeepTheOtherSetsAndEndsTheJobAfterItsSummary()
    {
        using RunbookScene scene = Open(isIll: false);
        scene.Ask("Set-ImageSandbox -Fault @{ Effect = 'Forbidden'; Method = 'PATCH'; Path = '*/virtualMachineScaleSets/web1'; Count = 100 }, @{ Effect = 'Forbidden'; Method = 'PUT'; Path = '*/virtualMachineScaleSets/web1'; Count = 100 }");

        RunbookRun run = scene.Run(Runbook, Parameters);

        Assert.StartsWith("AuthorizationFailed,", run.Error?.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("Incomplete web1 web2 2", $"{run["State"]} {run.List("ScaleSet")} {run["Updated"]}");
        Assert.Equal("1.1.0", scene.Ask("(Get-ImageVersion -g images prod web -Latest).Name")[0].BaseObject);
    }

    [Theory]
    [InlineData(JobEnd.Stopped, false)]
    [InlineData(JobEnd.Lost, false)]
    [InlineData(JobEnd.Stopped, true)]
    [InlineData(JobEnd.Lost, true)]
    public async Task EndedAnywhereAndStartedAgainItEndsAsIfNobodyHadDisturbedIt(JobEnd end, bool isIll)
    {
        int stride = Environment.GetEnvironmentVariable("IMAGECMDLETS_EVERY_CALL") == "1" ? 3 : 43;
        int ends = 0;
        for (int call = 5; ; call += stride, ends++)
        {
            using RunbookScene scene = Open(isIll);
            if (!await scene.EndAsync(Runbook, Parameters, call, end))
                break;

            // With the lost connection the sandbox has forgotten the illness, too.
            if (isIll && end == JobEnd.Lost)
                scene.Ask(Illness);
            string between = PictureOf(scene);
            ErrorRecord? error = scene.Run(Runbook, Parameters).Error;

            // What an ended job had asked for last Azure may still be doing: a machine with its image on the way to being healthy, for which nothing is left to do.
            scene.Ask("Set-ImageSandbox -Advance '00:10:00'");
            string picture = PictureOf(scene);
            bool isRight = error is null || (isIll && $"{error}".StartsWith("The rollout was taken back: ", StringComparison.Ordinal));
            Assert.True(isRight && picture == (isIll ? Restored : Updated), $"{end} at {call}: {error}\n{picture}\nafter\n{between}");
        }

        output.WriteLine($"{end} {ends} times.");
        Assert.InRange(ends, 2, 300);
    }

    private static string PictureOf(RunbookScene scene) => string.Join("\n", scene.Ask(Picture));
}
