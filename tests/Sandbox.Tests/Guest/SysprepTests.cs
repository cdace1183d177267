using ImageCmdlets.Sandbox.Guest;

namespace ImageCmdlets.Sandbox.Tests.Guest;

/// <summary>Sysprep, run by the scripts that Microsoft's own pages recommend.</summary>
public sealed class SysprepTests
{
    private const string State = @"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State";
    private const string Tag = @"C:\Windows\System32\Sysprep\Sysprep_succeeded.tag";
    private const string Log = @"C:\Windows\System32\Sysprep\Panther\setupact.log";
    private const string Errors = @"C:\Windows\System32\Sysprep\Panther\setuperr.log";
    private const string Package = "Microsoft.Winget.Source_2025.210.1541.8_neutral__8wekyb3d8bbwe";

    /// <summary>As Image Builder runs it.</summary>
    private const string Documented = """
        Write-Output '>>> Waiting for GA Service (RdAgent) to start ...'
        while ((Get-Service RdAgent).Status -ne 'Running') { Start-Sleep -s 5 }
        while ((Get-Service WindowsAzureTelemetryService -ErrorAction SilentlyContinue) -and ((Get-Service WindowsAzureTelemetryService).Status -ne 'Running')) { Start-Sleep -s 5 }
        if( Test-Path $Env:SystemRoot\system32\Sysprep\unattend.xml ) {
          Write-Output '>>> Removing Sysprep\unattend.xml ...'
          Remove-Item $Env:SystemRoot\system32\Sysprep\unattend.xml -Force
        }
        if (Test-Path $Env:SystemRoot\Panther\unattend.xml) {
          Remove-Item $Env:SystemRoot\Panther\unattend.xml -Force
        }
        & $Env:SystemRoot\System32\Sysprep\Sysprep.exe /oobe /generalize /quiet /quit
        while($true) {
          $imageState = (Get-ItemProperty HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State).ImageState
          Write-Output $imageState
          if ($imageState -eq 'IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE') { break }
          Start-Sleep -s 5
        }
        Write-Output '>>> Sysprep complete ...'
        """;

    [Fact]
    public void TheDocumentedScriptGeneralizesInThreeMinutes()
    {
        GuestMachine machine = GuestFixture.Windows();
        GuestRun run = machine.Run(Documented, 600);
        Assert.Equal(TimeSpan.FromSeconds(181), run.EndedAt - run.StartedAt);
        Assert.EndsWith("IMAGE_STATE_UNDEPLOYABLE\nIMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE\n>>> Sysprep complete ...\n",
            run.Result?.Output);
        Assert.Empty(run.Diagnostics);
        Assert.True(machine.Disk.IsGeneralized);
        Assert.True(machine.Disk.Files.IsFile(Tag));
        Assert.True(machine.IsRunning);
        Assert.False(machine.Disk.Files.Exists(@"C:\Windows\System32\Sysprep\unattend.xml"));
        Assert.Equal("1000",
            machine.Disk.Registry.Get(
                @"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\SoftwareProtectionPlatform", "RemainingSysprepRuns"));
    }

    [Fact]
    public void LogsGrowFromRunToRunAndHoldNoise()
    {
        GuestMachine machine = GuestFixture.Windows();
        machine.Run(Documented, 600);
        string log = machine.Disk.Files.Read(Log)!;
        Assert.Equal(2, log.Split("Beginning of a new sysprep run").Length - 1);
        Assert.Contains("2026-01-05 08:00:30, Info       [0x0f0054] SYSPRP ParseCommands:Found supported command line option 'GENERALIZE'", log);
        Assert.Contains("MRTGeneralize:98 - ERROR: Failed DeleteInstance AntiVirusProduct", machine.Disk.Files.Read(Errors));
    }

    [Fact]
    public void APackageOfOneUserStopsItBeforeAnythingChanged()
    {
        GuestMachine machine = GuestFixture.Windows();
        machine.Disk.Break(new GuestFault(GuestFaultKind.AppxPackage, Package));
        GuestRun run = machine.Run(
            @"$p = Start-Process C:\Windows\System32\Sysprep\sysprep.exe -ArgumentList '/generalize','/oobe','/quiet','/quit' -Wait -PassThru; $p.ExitCode", 30);
        Assert.Equal("1\n", run.Result?.Output);
        Assert.Equal("IMAGE_STATE_COMPLETE", machine.Disk.Registry.Get(State, "ImageState"));
        Assert.False(machine.Disk.Files.IsFile(Tag));
        string errors = machine.Disk.Files.Read(Errors)!;
        Assert.Contains($"Package {Package} was installed for a user, but not provisioned for all users.", errors);
        Assert.Contains("Failed to remove apps for the current user: 0x80073cf2.", errors);
    }

    [Fact]
    public void RemovingThePackageMendsIt()
    {
        GuestMachine machine = GuestFixture.Windows();
        machine.Disk.Break(new GuestFault(GuestFaultKind.AppxPackage, Package));
        machine.Run("Get-AppxPackage -AllUsers Microsoft.Winget.* | ForEach-Object { Remove-AppxPackage -Package $_.PackageFullName -AllUsers }");
        machine.Run(Documented, 600);
        Assert.True(machine.Disk.IsGeneralized);
    }

    [Fact]
    public void WithoutQuietAFailureIsADialogThatNobodyCloses()
    {
        GuestMachine machine = GuestFixture.Windows();
        machine.Disk.Break(new GuestFault(GuestFaultKind.AppxPackage));
        GuestRun run = machine.Run("Start-Process sysprep.exe '/generalize /oobe /quit' -Wait", 5000);
        Assert.Null(run.Result);
    }

    [Fact]
    public void ARunThatWasCutOffLeavesAnInvalidStateUntilItIsReset()
    {
        GuestMachine machine = GuestFixture.Windows();
        machine.Run("& sysprep.exe /generalize /oobe /quiet /quit", 60);
        machine.PowerOff();
        Assert.Equal("IMAGE_STATE_UNDEPLOYABLE", machine.Disk.Registry.Get(State, "ImageState"));
        machine.Boot(TimeSpan.FromSeconds(30));
        machine.AdvanceTo(machine.Now.AddSeconds(60));
        machine.Run("& sysprep.exe /generalize /oobe /quiet /quit", 300);
        Assert.Contains("Not running DLLs; either the machine is in an invalid state", machine.Disk.Files.Read(Errors));
        machine.Run(@"reg add HKLM\SYSTEM\Setup\Status\SysprepStatus /v GeneralizationState /t REG_DWORD /d 7 /f; & sysprep.exe /generalize /oobe /quiet /quit", 300);
        Assert.True(machine.Disk.IsGeneralized);
    }

    [Fact]
    public void ShutdownSwitchesOffAndTheCopyIsANewMachine()
    {
        GuestMachine machine = GuestFixture.Windows();
        string? sid = machine.Disk.Registry.Get(@"HKLM\SECURITY\Policy\PolAcDmS", string.Empty);
        machine.Run("& sysprep.exe /generalize /oobe /mode:vm /quiet /shutdown", 250);
        Assert.False(machine.IsRunning);
        GuestMachine copy = GuestFixture.Booted(machine.Disk.Clone(), "web02", "22222222-2222-4222-8222-222222222222");
        Assert.True(copy.IsProvisioned);
        Assert.NotEqual(sid, copy.Disk.Registry.Get(@"HKLM\SECURITY\Policy\PolAcDmS", string.Empty));
        Assert.Equal("web02\n", copy.Run("hostname", 5).Result?.Output);
    }
}
