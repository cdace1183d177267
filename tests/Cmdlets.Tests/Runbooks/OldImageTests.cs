using System.Collections;

namespace ImageCmdlets.Cmdlets.Tests.Runbooks;

/// <summary>samples/runbooks/Remove-OldImage.ps1 as a job: a report unless removal is wanted, the brake, and the rest of what an ended job has begun.</summary>
public sealed class OldImageTests(ITestOutputHelper output)
{
    private const string Runbook = "Remove-OldImage";

    // 1.0.0 is tagged; a machine is made of 1.0.2.
    private const string Furnishing = """
        $null = New-ImageVM -g images -n seed -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue
        $image = Get-ImageVM -g images -n seed | Invoke-Generalize -Force | New-CustomImage
        $null = New-ImageGallery -g images -n prod -l westeurope
        $null = New-ImageDefinition -g images prod web -FromSource $image.Id
        $null = New-ImageVersion -g images prod web -Source $image.Id -Version 1.0.0 -Tag @{ owner = 'finance' }
        foreach ($number in 1..6) { $null = New-ImageVersion -g images prod web -Source $image.Id -Version "1.0.$number" }
        $null = New-ImageVM -g apps -n app01 -l westeurope -Image (Get-ImageVersion -g images prod web 1.0.2).Id -WarningAction SilentlyContinue
        """;

    private static Hashtable Parameters => new()
    {
        ["ResourceGroupName"] = "images", ["GalleryName"] = "prod", ["KeepLast"] = 2, ["KeepTag"] = new[] { "audit", "owner=finance" },
    };

    private static Hashtable Removing => new(Parameters) { ["ReportOnly"] = false };

    private static RunbookScene Open() => new(Furnishing, ("Compute Gallery Artifacts Publisher", "/resourceGroups/images"), ("Reader", ""));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ItReportsAndChangesNothingUnlessItIsTold(bool hasInterface)
    {
        using var scene = Open();
        var ui = new RefusingUserInterface();
        object before = scene.Ask("(Get-ImageSandbox).Fingerprint")[0].BaseObject;

        RunbookRun run = scene.Run(Runbook, Parameters, hasInterface ? ui : null);

        Assert.Null(run.Error);
        Assert.Empty(run.Warnings);
        Assert.Empty(ui.Refused);
        Assert.Equal("ImageRetention", run.Output[0].BaseObject.GetType().Name);
        Assert.Equal((8, true, 7), (run.Output.Count, run["ReportOnly"], run["Version"]));
        Assert.Equal("web 1.0.4 web 1.0.3 web 1.0.1", run.List("ToRemove"));
        Assert.Equal("", run.List("Removed"));
        Assert.Equal(90, run["ReplicaGB"]);
        Assert.Equal(before, scene.Ask("(Get-ImageSandbox).Fingerprint")[0].BaseObject);
    }

    [Fact]
    public void ItRemovesWhatNothingKeeps()
    {
        using var scene = Open();
        var ui = new RefusingUserInterface();

        RunbookRun run = scene.Run(Runbook, Removing, ui);

        Assert.Null(run.Error);
        Assert.Empty(ui.Refused);
        Assert.Equal("web 1.0.4 web 1.0.3 web 1.0.1", run.List("Removed"));
        Assert.Equal(90, run["ReplicaGB"]);
        Assert.Equal("1.0.0 1.0.2 1.0.5 1.0.6", VersionsIn(scene));
    }

    [Fact]
    public void TheBrakeRemovesNothingAndEndsTheJobAfterItsReport()
    {
        using var scene = Open();
        Hashtable parameters = Removing;
        parameters["MaxRemove"] = 2;
        object before = scene.Ask("(Get-ImageSandbox).Fingerprint")[0].BaseObject;

        RunbookRun run = scene.Run(Runbook, parameters);

        Assert.Equal("RetentionLimitExceeded,ImageCmdlets.Commands.InvokeImageRetentionCommand", run.Error?.FullyQualifiedErrorId);
        Assert.Equal("", run.List("Removed"));
        Assert.Equal(before, scene.Ask("(Get-ImageSandbox).Fingerprint")[0].BaseObject);
    }

    [Fact]
    public void AVersionThatCannotBeRemovedDoesNotKeepTheOthersAndEndsTheJobAfterItsSummary()
    {
        using var scene = Open();
        scene.Ask("Set-ImageSandbox -Fault @{ Effect = 'Forbidden'; Method = 'DELETE'; Path = '*/versions/1.0.3*'; Count = 100 }");

        RunbookRun run = scene.Run(Runbook, Removing);

        Assert.StartsWith("AuthorizationFailed,", run.Error?.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("web 1.0.4 web 1.0.1", run.List("Removed"));
        Assert.StartsWith("web 1.0.3: ", run.List("Failed"), StringComparison.Ordinal);
        Assert.Equal("1.0.0 1.0.2 1.0.3 1.0.5 1.0.6", VersionsIn(scene));
    }

    [Theory]
    [InlineData(JobEnd.Stopped)]
    [InlineData(JobEnd.Lost)]
    public async Task EndedAnywhereAndStartedAgainItRemovesTheRest(JobEnd end)
    {
        int stride = Environment.GetEnvironmentVariable("IMAGECMDLETS_EVERY_CALL") == "1" ? 1 : 13;
        int ends = 0;
        for (int call = 1; ; call += stride, ends++)
        {
            using var scene = Open();
            if (!await scene.EndAsync(Runbook, Removing, call, end))
                break;

            // What Azure is still changing stays: it is started again when that is done.
            scene.Ask("Set-ImageSandbox -Advance '00:10:00'");
            RunbookRun run = scene.Run(Runbook, Removing);

            Assert.True(run.Error is null && VersionsIn(scene) == "1.0.0 1.0.2 1.0.5 1.0.6", $"{end} at {call}: {run.Error} {VersionsIn(scene)}");
        }

        output.WriteLine($"{end} {ends} times.");
        Assert.InRange(ends, 3, 100);
    }

    private static string VersionsIn(RunbookScene scene) => string.Join(' ', scene.Ask("Get-ImageVersion -g images prod web | ForEach-Object Name"));
}
