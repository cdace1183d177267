using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text.Json;
using Microsoft.PowerShell;

namespace ImageCmdlets.Cmdlets.Tests.Generalization;

/// <summary>Runs the Windows script in PowerShell against doubles of registry, files, services and processes.</summary>
internal sealed class WindowsScriptRig : IDisposable
{
    public const string Goal = "IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE";
    public const string Sysprep = @"C:\Windows\System32\Sysprep";
    public const string Tag = Sysprep + @"\Sysprep_succeeded.tag";
    public const string Log = Sysprep + @"\Panther\setupact.log";

    private readonly Runspace _runspace;

    public WindowsScriptRig()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
        _runspace.SessionStateProxy.SetVariable("Guest", Guest);
        Guest["OnSysprepEnd"] = ScriptBlock.Create("$Guest.ImageState = '" + Goal + "'; $Guest.Files['" + Tag + "'] = ''");
    }

    public static string ScriptPath { get; } =
        Path.Combine(BuiltModule.RepositoryRoot, "src", "Engine", "Generalization", "Scripts", "windows-generalize.ps1");

    /// <summary>The machine: a healthy server whose sysprep takes three minutes.</summary>
    public Hashtable Guest { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Now"] = new DateTime(2026, 1, 5, 8, 0, 0, DateTimeKind.Utc),
        ["ImageState"] = "IMAGE_STATE_COMPLETE",
        ["Files"] = new Hashtable(StringComparer.OrdinalIgnoreCase)
        {
            [Tag] = string.Empty,
            [Sysprep + @"\unattend.xml"] = "<unattend/>",
            [@"C:\Windows\Panther\setupact.log"] = "setup",
            [@"C:\Windows\Panther\UnattendGC\setupact.log"] = "first boot",
            [Log] = Run("2024-01-02", "MRTGeneralize:98 - ERROR: Failed DeleteInstance AntiVirusProduct"),
        },
        ["Services"] = new Hashtable(StringComparer.OrdinalIgnoreCase) { ["RdAgent"] = "Running", ["WindowsAzureGuestAgent"] = "Running" },
        ["PushServiceStart"] = 3,
        ["Started"] = Array.Empty<object>(),
        ["SysprepSeconds"] = 180,
        ["Exited"] = false,
        ["ExitCode"] = 0,
    };

    public Hashtable Files => (Hashtable)Guest["Files"]!;

    public IReadOnlyList<string> Started => [.. ((object[])Guest["Started"]!).Select(item => item.ToString()!)];

    public TimeSpan Elapsed => (DateTime)Unwrap(Guest["Now"])! - new DateTime(2026, 1, 5, 8, 0, 0, DateTimeKind.Utc);

    /// <summary>The lines that one run of sysprep leaves in setupact.log.</summary>
    public static string Run(string day, params string[] errors) => string.Join("\r\n",
        [
            $"{day} 08:00:00, Info                  SYSPRP ========================================================",
            $"{day} 08:00:00, Info                  SYSPRP ===          Beginning of a new sysprep run          ===",
            $"{day} 08:00:01, Info       [0x0f0054] SYSPRP ParseCommands:Found supported command line option 'GENERALIZE'",
            .. errors.Select(error => $"{day} 08:00:05, Error      [0x0f0070] SYSPRP {error}"),
            string.Empty,
        ]);

    /// <summary>Sysprep refuses: it logs, leaves the image state alone and ends at once.</summary>
    public void Refuse(int exitCode, params string[] errors)
    {
        Guest["SysprepSeconds"] = 5;
        Guest["ExitCode"] = exitCode;
        Guest["Refusal"] = Run("2026-01-05", errors);
        Guest["OnSysprepEnd"] = ScriptBlock.Create("$Guest.Files['" + Log + "'] += $Guest.Refusal");
    }

    /// <summary>Runs the script as the agent does: its exit code, and the one line that it must print.</summary>
    public (int ExitCode, string Line) RunScript()
    {
        using var shell = PowerShell.Create(_runspace);
        string doubles = File.ReadAllText(Path.Combine(BuiltModule.RepositoryRoot, "tests", "Cmdlets.Tests", "Generalization", "WindowsDoubles.ps1"));
        shell.AddScript(doubles).AddStatement().AddScript($"& '{ScriptPath}'; $LASTEXITCODE");
        PSObject[] output = [.. shell.Invoke()];
        Assert.Empty(shell.Streams.Error);
        Assert.Equal(2, output.Length);
        return ((int)output[1].BaseObject, Assert.IsType<string>(output[0].BaseObject));
    }

    public (int ExitCode, JsonElement Report) RunAndRead()
    {
        (int exitCode, string line) = RunScript();
        using JsonDocument document = JsonDocument.Parse(line);
        return (exitCode, document.RootElement.Clone());
    }

    public void Dispose() => _runspace.Dispose();

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
