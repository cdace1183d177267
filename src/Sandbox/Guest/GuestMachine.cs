using System.Globalization;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Guest.Linux;
using ImageCmdlets.Sandbox.Guest.Posix;
using ImageCmdlets.Sandbox.Guest.PowerShell;
using ImageCmdlets.Sandbox.Guest.Windows;

namespace ImageCmdlets.Sandbox.Guest;

/// <summary>
/// A machine that runs, or could run, the operating system on a disk. It has no clock of its own: whoever looks at it first
/// calls <see cref="AdvanceTo"/> with the sandbox's time, and everything due until then happens, in order.
/// </summary>
internal sealed class GuestMachine(GuestDisk disk, GuestProfile profile, DateTimeOffset now)
{
    private static readonly HashSet<GuestFaultKind> s_mendedByRestart =
        [GuestFaultKind.PendingReboot, GuestFaultKind.ServicingBusy, GuestFaultKind.ReservedStorage];

    private readonly GuestAgenda _agenda = new();
    private readonly List<GuestProcess> _processes = [];
    private readonly List<GuestRun> _waitingRuns = [];
    private int _processIds = 1000;

    public GuestDisk Disk { get; } = disk;

    public GuestProfile Profile { get; } = profile;

    /// <summary>The time up to which everything has happened.</summary>
    public DateTimeOffset Now { get; private set; } = now;

    public bool IsRunning { get; private set; }

    /// <summary>Whether the agent reports to Azure.</summary>
    public bool IsAgentReady { get; private set; }

    /// <summary>True once the first boot has told Azure that the operating system is set up.</summary>
    public bool IsProvisioned { get; private set; }

    /// <summary>How often the machine was booted; makes ids of each boot differ.</summary>
    public int Boots { get; private set; }

    /// <summary>When the machine was booted last.</summary>
    public DateTimeOffset BootedAt { get; private set; } = now;

    /// <summary>When the next thing will happen by itself, or null.</summary>
    public DateTimeOffset? NextEvent => _agenda.Next;

    /// <summary>
    /// Scripts that have begun and not ended. While there are any, <see cref="Save"/> does not tell the whole state.
    /// </summary>
    public int ActiveScripts { get; private set; }

    /// <summary>Programs that have not ended.</summary>
    public IEnumerable<GuestProcess> Processes => _processes.Where(static p => !p.HasExited);

    /// <summary>Lets everything happen that is due up to a time.</summary>
    public void AdvanceTo(DateTimeOffset time)
    {
        while (_agenda.Next is { } due && due <= time)
        {
            Now = due > Now ? due : Now;
            _agenda.Fire();
        }

        Now = time > Now ? time : Now;
    }

    /// <summary>
    /// Switches on. A generalized disk is set up anew by the profile; another one starts as it is, and never tells Azure that
    /// it was set up.
    /// </summary>
    /// <param name="duration">Time until the agent answers.</param>
    public void Boot(TimeSpan duration)
    {
        IsRunning = true;
        Boots++;
        BootedAt = Now;
        ForgetLastBoot();
        Disk.Faults.RemoveAll(static fault => s_mendedByRestart.Contains(fault.Kind));
        if (Disk.IsWindows) WindowsTraces.Clear(Disk.Registry);

        Schedule(Disk.IsGeneralized ? GuestEventKind.Provisioned : GuestEventKind.AgentReady, duration);
    }

    /// <summary>Switches off, whatever is going on.</summary>
    public void PowerOff()
    {
        IsRunning = false;
        IsAgentReady = false;
        ActiveScripts = 0;
        _agenda.Clear();
        _processes.Clear();
        _waitingRuns.Clear();
    }

    /// <summary>The agent stops by a command of the guest, for example <c>waagent -deprovision</c>.</summary>
    public void StopAgent() => IsAgentReady = false;

    /// <summary>The agent is started by a command of the guest.</summary>
    public void StartAgent()
    {
        if (!IsAgentReady)
        {
            AgentReady();
        }
    }

    public void Schedule(GuestEventKind kind, TimeSpan delay, string? text = null) =>
        _agenda.Add(new GuestEvent(kind, Now + delay, text), Happen);

    public bool Cancel(GuestEventKind kind) => _agenda.Cancel(kind);

    /// <summary>A script sleeps.</summary>
    public Task Delay(TimeSpan duration) =>
        duration <= TimeSpan.Zero ? Task.CompletedTask : _agenda.WaitUntil(Now + duration);

    public GuestProcess StartProcess(string name)
    {
        var process = new GuestProcess(_processIds++, name);
        _processes.Add(process);
        return process;
    }

    /// <summary>Azure asks the agent to run a script. It starts at once, or when the agent answers again.</summary>
    public void Submit(GuestRun run)
    {
        if (IsRunning && IsAgentReady)
        {
            _ = Execute(run);
        }
        else
        {
            _waitingRuns.Add(run);
        }
    }

    /// <summary>An id that looks random and is the same in every run of the sandbox.</summary>
    public string NewId(string purpose, int hexDigits) => GuestIds.Hex($"{Profile.VmId}|{Boots}|{purpose}", hexDigits);

    public JsonObject Save() => new()
    {
        ["disk"] = Disk.Save(),
        ["profile"] = Profile.Save(),
        ["now"] = Now.ToString("O", CultureInfo.InvariantCulture),
        ["running"] = IsRunning,
        ["agentReady"] = IsAgentReady,
        ["provisioned"] = IsProvisioned,
        ["boots"] = Boots,
        ["booted"] = BootedAt.ToString("O", CultureInfo.InvariantCulture),
        ["events"] = new JsonArray([.. _agenda.Events.Select(static e => (JsonNode)e.Save())]),
    };

    public static GuestMachine Load(JsonObject saved)
    {
        var machine = new GuestMachine(
            GuestDisk.Load(saved["disk"]!.AsObject()),
            GuestProfile.Load(saved["profile"]!.AsObject()),
            DateTimeOffset.Parse(saved["now"]!.GetValue<string>(), CultureInfo.InvariantCulture))
        {
            IsRunning = saved["running"]!.GetValue<bool>(),
            IsAgentReady = saved["agentReady"]!.GetValue<bool>(),
            IsProvisioned = saved["provisioned"]!.GetValue<bool>(),
            Boots = saved["boots"]!.GetValue<int>(),
        };
        if (saved["booted"] is { } booted) machine.BootedAt = DateTimeOffset.Parse(booted.GetValue<string>(), CultureInfo.InvariantCulture);
        foreach (JsonNode? item in saved["events"]!.AsArray())
        {
            machine._agenda.Add(GuestEvent.Load(item!.AsObject()), machine.Happen);
        }

        return machine;
    }

    // What lives in memory only: /run, and which services somebody started or stopped.
    private void ForgetLastBoot()
    {
        Disk.Files.Delete("/run");
        if (!Disk.IsWindows)
        {
            Disk.Files.MakeDirectory("/run");
            Disk.Files.Write("/proc/stat", $"cpu  0 0 0 0 0 0 0 0 0 0\nbtime {Now.ToUnixTimeSeconds()}\nprocesses 1000\n");
        }

        foreach (string service in Disk.Registry.Children(WindowsPaths.Services))
        {
            Disk.Registry.DeleteValue($@"{WindowsPaths.Services}\{service}", "CurrentState");
        }
    }

    private async Task Execute(GuestRun run)
    {
        if (run.Abandoned)
        {
            return;
        }

        run.StartedAt = Now;
        GuestFault? deadly = Disk.Faults.FirstOrDefault(static f => f.Kind == GuestFaultKind.AgentDies);
        if (deadly is not null)
        {
            Disk.Faults.Remove(deadly);
            int seconds = int.TryParse(deadly.Detail, NumberStyles.None, CultureInfo.InvariantCulture, out int s) ? s : 0;
            Schedule(GuestEventKind.AgentDies, TimeSpan.FromSeconds(seconds));
        }

        var diagnostics = new List<string>();
        run.Note(diagnostics);
        ScriptResult result = await RunScript(Disk.IsWindows, run.Script, run.Parameters, diagnostics).ConfigureAwait(false);
        ActiveScripts++;
        await Delay(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
        ActiveScripts--;
        if (IsAgentReady && !run.Abandoned)
        {
            run.Report(result, Now);
        }
    }

    private async Task<ScriptResult> RunScript(
        bool powerShell, string script, IReadOnlyList<KeyValuePair<string, string>> parameters, IList<string> diagnostics)
    {
        ActiveScripts++;
        ScriptResult result = powerShell
            ? await PowerShellHost.Run(this, script, parameters, diagnostics).ConfigureAwait(false)
            : await ShellHost.Run(this, script, parameters, diagnostics).ConfigureAwait(false);
        ActiveScripts--;
        return result;
    }

    private void Happen(GuestEvent due)
    {
        if (due.Kind is GuestEventKind.PowerOff or GuestEventKind.Restart && Disk.Has(GuestFaultKind.NeverStops)) return;
        switch (due.Kind)
        {
            case GuestEventKind.Provisioned:
                Provision();
                break;
            case GuestEventKind.AgentReady:
                AgentReady();
                break;
            case GuestEventKind.AgentDies:
                StopAgent();
                break;
            case GuestEventKind.PowerOff:
                PowerOff();
                break;
            case GuestEventKind.Restart:
                PowerOff();
                Boot(TimeSpan.FromSeconds(30));
                break;
            case GuestEventKind.ShellScript or GuestEventKind.PowerShellScript:
                _ = RunScript(due.Kind == GuestEventKind.PowerShellScript, due.Text ?? string.Empty, [], []);
                break;
            case GuestEventKind.SysprepEnd:
                Sysprep.Finish(this, due.Text ?? string.Empty);
                break;
        }
    }

    private void Provision()
    {
        if (Disk.IsWindows)
        {
            WindowsSetup.FirstBoot(this);
        }
        else
        {
            LinuxSetup.FirstBoot(this);
        }

        IsProvisioned = true;
        AgentReady();
    }

    private void AgentReady()
    {
        IsAgentReady = true;
        GuestRun[] waiting = [.. _waitingRuns];
        _waitingRuns.Clear();
        foreach (GuestRun run in waiting)
        {
            _ = Execute(run);
        }
    }
}
