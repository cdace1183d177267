using ImageCmdlets.Cmdlets.Tests.Readiness;

namespace ImageCmdlets.Cmdlets.Tests.Generalization;

/// <summary>The script that tells how far Windows is with sysprep, in PowerShell.</summary>
[Collection(WindowsScripts.Name)]
public sealed class WindowsStateScriptTests
{
    private static readonly string s_script = Path.Combine(BuiltModule.RepositoryRoot, "src", "Engine", "Generalization", "Scripts", "windows-state.ps1");

    [Fact]
    public void AMachineInUse()
    {
        using var rig = new ReadinessScriptRig();

        Assert.Equal(
            [
                "imagecmdlets-state 1", "ImageState=IMAGE_STATE_COMPLETE", "GeneralizationState=7", "CleanupState=2", "HasTag=False", "SysprepInProgress=False",
                "IsSysprepRunning=False", "RearmLeft=1001", "BootTime=2026-01-05T07:30:00Z", "imagecmdlets-state-end",
            ],
            rig.Run(s_script));
    }

    [Fact]
    public void AMachineOnItsWay()
    {
        using var rig = new ReadinessScriptRig();
        rig.SetValue(@"HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State", "ImageState", "IMAGE_STATE_UNDEPLOYABLE");
        rig.SetValue(@"HKLM:\SOFTWARE\Microsoft\MSDTC", "SysprepInProgress", 1);
        rig.AddFile(@"C:\Windows\System32\Sysprep\Sysprep_succeeded.tag");
        rig.Guest["Processes"] = new object[] { "sysprep" };
        rig.Guest["Wmi"] = "broken";

        Assert.Equal(
            [
                "imagecmdlets-state 1", "ImageState=IMAGE_STATE_UNDEPLOYABLE", "GeneralizationState=7", "CleanupState=2", "HasTag=True", "SysprepInProgress=True",
                "IsSysprepRunning=True", "RearmLeft=", "BootTime=", "imagecmdlets-state-end",
            ],
            rig.Run(s_script));
    }
}
