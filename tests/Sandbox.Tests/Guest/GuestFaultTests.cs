using ImageCmdlets.Sandbox.Guest;

namespace ImageCmdlets.Sandbox.Tests.Guest;

/// <summary>What is wrong inside a machine shows where it shows in real life: in sysprep's log and in the image state.</summary>
public sealed class GuestFaultTests
{
    private const string State = @"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State";
    private const string Log = @"C:\Windows\System32\Sysprep\Panther\setupact.log";
    private const string Errors = @"C:\Windows\System32\Sysprep\Panther\setuperr.log";
    private const string Generalize = "& sysprep.exe /generalize /oobe /quiet /quit";

    [Theory]
    [InlineData(GuestFaultKind.BitLocker, "BitLocker-Sysprep: BitLocker is on for the OS volume", "IMAGE_STATE_COMPLETE")]
    [InlineData(GuestFaultKind.ReservedStorage, "Audit mode cannot be turned on if reserved storage is in use", "IMAGE_STATE_COMPLETE")]
    [InlineData(GuestFaultKind.ServicingBusy, "Failed to query pending CBS operations; hr = 0x80080005", "IMAGE_STATE_COMPLETE")]
    [InlineData(GuestFaultKind.HalfGeneralized, "dwRet = 0x1f", "IMAGE_STATE_COMPLETE")]
    [InlineData(GuestFaultKind.RearmExhausted, "SLReArmWindows 0xC004D307", "IMAGE_STATE_COMPLETE")]
    [InlineData(GuestFaultKind.DefenderOnboarded, "senseGuid", "IMAGE_STATE_UNDEPLOYABLE")]
    [InlineData(GuestFaultKind.DscConfiguration, "'DscCore.dll,SysPrep_Cleanup', returned error code 0x2", "IMAGE_STATE_UNDEPLOYABLE")]
    [InlineData(GuestFaultKind.BootConfiguration, "spbcd.dll,Sysprep_Generalize_Bcd', returned error code 2", "IMAGE_STATE_UNDEPLOYABLE")]
    [InlineData(GuestFaultKind.UpgradeRemains, "RemoveUninstall:Failed to instantiate uninstall interface; hr = 0x80070003", "IMAGE_STATE_UNDEPLOYABLE")]
    [InlineData(GuestFaultKind.EventLogPath, "hr = 0x80070003", "IMAGE_STATE_UNDEPLOYABLE")]
    public void SysprepFailsAndSaysWhy(GuestFaultKind kind, string reason, string state)
    {
        GuestMachine machine = GuestFixture.Windows();
        machine.Disk.Break(new GuestFault(kind));

        machine.Run(Generalize, 300);

        Assert.Contains(reason, machine.Disk.Files.Read(Errors)!, StringComparison.Ordinal);
        Assert.Equal(state, machine.Disk.Registry.Get(State, "ImageState"));
        Assert.Empty(machine.Processes);
    }

    [Fact]
    public void AfterAFailureHalfWaySysprepDoesNotStartAgain()
    {
        GuestMachine machine = GuestFixture.Windows();
        machine.Disk.Break(new GuestFault(GuestFaultKind.BootConfiguration));
        machine.Run(Generalize, 300);

        machine.Run(Generalize, 300);

        Assert.Contains("the machine is in an invalid state", machine.Disk.Files.Read(Errors)!, StringComparison.Ordinal);
    }

    [Fact]
    public void ARestartMendsWhatWaitsForOne()
    {
        GuestMachine machine = GuestFixture.Windows();
        machine.Disk.Break(new GuestFault(GuestFaultKind.PendingReboot));
        machine.Run(Generalize, 300);
        Assert.Contains("Warning               SYSPRP WinMain: File operations pending".Replace("              ", "    [0x0f0036]"),
            machine.Disk.Files.Read(Log)!, StringComparison.Ordinal);

        machine.Run("Restart-Computer -Force", 120);
        machine.Run(Generalize, 300);

        Assert.True(machine.Disk.IsGeneralized);
    }

    [Fact]
    public void ASysprepThatHangsSaysNothingUntilItsServiceIsEnabled()
    {
        GuestMachine machine = GuestFixture.Windows();
        machine.Disk.Break(new GuestFault(GuestFaultKind.SysprepHangs));
        string errors = machine.Disk.Files.Read(Errors)!;

        machine.Run(Generalize, 7200);

        Assert.Equal("sysprep", Assert.Single(machine.Processes).Name);
        Assert.Equal(errors, machine.Disk.Files.Read(Errors));
        Assert.Equal("IMAGE_STATE_UNDEPLOYABLE", machine.Disk.Registry.Get(State, "ImageState"));
    }

    [Fact]
    public void AGuestThatNeverStopsIsStillSwitchedOffFromOutside()
    {
        GuestMachine machine = GuestFixture.Linux();
        machine.Disk.Break(new GuestFault(GuestFaultKind.NeverStops));

        machine.Run("shutdown -h now", 600);
        Assert.True(machine.IsRunning);

        machine.PowerOff();
        Assert.False(machine.IsRunning);
    }
}
