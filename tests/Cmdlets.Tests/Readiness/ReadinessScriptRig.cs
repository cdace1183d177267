using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;

namespace ImageCmdlets.Cmdlets.Tests.Readiness;

/// <summary>Runs the script that looks at Windows in PowerShell, against doubles of everything that it asks.</summary>
internal sealed class ReadinessScriptRig : IDisposable
{
    public const string Services = @"HKLM:\SYSTEM\CurrentControlSet\Services";

    private readonly Runspace _runspace;

    public ReadinessScriptRig()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
        _runspace.SessionStateProxy.SetVariable("Guest", Guest);
        SetValue(@"HKLM:\SYSTEM\Setup\Status\SysprepStatus", "GeneralizationState", 7);
        SetValue(@"HKLM:\SYSTEM\Setup\Status\SysprepStatus", "CleanupState", 2);
        SetValue(@"HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State", "ImageState", "IMAGE_STATE_COMPLETE");
        SetValue(Services + @"\cdrom", "Start", 1);
        SetValue(Services + @"\RdAgent", "Start", 2);
        SetValue(Services + @"\WindowsAzureGuestAgent", "Start", 2);
        SetValue(Services + @"\EventLog\System", "File", @"%SystemRoot%\System32\winevt\Logs\System.evtx");
        AddFile(@"C:\Windows\System32\winevt\Logs");
        AddFile(@"C:\Windows\System32\Configuration");
    }

    public static string Folder { get; } = Path.Combine(BuiltModule.RepositoryRoot, "src", "Engine", "Readiness", "Scripts");

    /// <summary>The machine: a healthy server.</summary>
    public Hashtable Guest { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Registry"] = new Hashtable(StringComparer.OrdinalIgnoreCase),
        ["Files"] = new Hashtable(StringComparer.OrdinalIgnoreCase),
        ["Services"] = new Hashtable(StringComparer.OrdinalIgnoreCase) { ["RdAgent"] = "Running", ["WindowsAzureGuestAgent"] = "Running" },
        ["Processes"] = Array.Empty<object>(),
        ["Rearm"] = 1001,
        ["FreeMegabytes"] = 20000,
        ["HasAppx"] = true,
        ["Packages"] = Array.Empty<object>(),
        ["Provisioned"] = new object[] { "Microsoft.WindowsStore_1.0.0.0_x64__8wekyb3d8bbwe" },
        ["Boot"] = new Hashtable(StringComparer.OrdinalIgnoreCase)
        {
            ["{bootmgr}"] = new object[] { "", "Windows-Start-Manager", "---------------------", "Bezeichner              {bootmgr}", @"device                  partition=\Device\HarddiskVolume1" },
            ["{current}"] = new object[] { "Bezeichner              {current}", "device                  partition=C:", @"path                    \Windows\system32\winload.efi", "osdevice                partition=C:" },
        },
        ["Roles"] = new object[] { "FileAndStorage-Services" },
    };

    public void SetValue(string key, string name, object value)
    {
        var registry = (Hashtable)Guest["Registry"]!;
        if (registry[key] is not Hashtable values)
            registry[key] = values = new Hashtable(StringComparer.OrdinalIgnoreCase);
        values[name] = value;
    }

    public void AddFile(string path) => ((Hashtable)Guest["Files"]!)[path] = true;

    /// <summary>Sets up the machine by a piece of PowerShell that knows <c>$Guest</c>.</summary>
    public void Arrange(string script)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(script).Invoke();
        Assert.Empty(shell.Streams.Error);
    }

    /// <summary>The lines of the script's answer.</summary>
    public IReadOnlyList<string> Run() => Run(Path.Combine(Folder, "windows-readiness.ps1"));

    /// <summary>The lines of the answer of a script that asks the same of Windows.</summary>
    public IReadOnlyList<string> Run(string path)
    {
        using var shell = PowerShell.Create(_runspace);
        string doubles = File.ReadAllText(Path.Combine(BuiltModule.RepositoryRoot, "tests", "Cmdlets.Tests", "Readiness", "ReadinessDoubles.ps1"));
        shell.AddScript(doubles).AddStatement().AddScript($"& '{path}'; $LASTEXITCODE");
        PSObject[] output = [.. shell.Invoke()];
        Assert.Empty(shell.Streams.Error);
        Assert.Equal(0, output[^1].BaseObject);
        return [.. output[..^1].Select(line => Assert.IsType<string>(line.BaseObject))];
    }

    public void Dispose() => _runspace.Dispose();
}
