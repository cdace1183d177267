using System.Globalization;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Guest;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.UnmanagedDisks;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>
/// Keeps the guest of a machine in the machine's state. The guest is stored as it was when no script ran, with the scripts
/// begun since; what it is now is found by letting that time pass again. So a state file can be written in the middle of
/// sysprep, and a machine that is switched off in the middle is left exactly half-way.
/// </summary>
internal static class VmGuest
{
    private const string WakeKind = "Vms.Guest";
    private const string MachineKey = "machine";
    private const string RunsKey = "runs";
    private const string ResultsKey = "results";
    private const string LostKey = "lostRuns";
    private const string Mark = "#guest";

    // A script that reports later than this has lost its listener.
    private static readonly TimeSpan s_runLimit = TimeSpan.FromMinutes(90);

    /// <summary>Registers what happens in guests by itself.</summary>
    public static void Register(SandboxRegistry registry) =>
        registry.Effect(WakeKind, new OperationEffect(Woken) { Failed = static _ => { } });

    /// <summary>Puts the disk's content into a machine and switches it on.</summary>
    public static void Install(SandboxWorld world, ResourceEntry vm, GuestProfile profile, DateTimeOffset now, TimeSpan boot)
    {
        GuestDisk content = Content(world, vm) is { } saved
            ? GuestDisk.Load(saved)
            : GuestInstallation.Unknown(vm.Body.Text("properties.storageProfile.osDisk.osType"));
        var machine = new GuestMachine(content, profile, now);
        machine.Boot(boot);
        world.GuestFaults.Strike(vm, machine.Disk);
        vm.State.Remove(RunsKey);
        Commit(world, vm, new VmGuestView(machine, new Dictionary<string, GuestRun>()));
    }

    /// <summary>What is on the OS disk; null when nothing is known of it.</summary>
    public static JsonObject? Content(SandboxWorld world, ResourceEntry vm) =>
        SystemDisk.State(world, vm).Object(DiskSource.Guest);

    /// <summary>Replaces what is on the OS disk.</summary>
    public static void Replace(SandboxWorld world, ResourceEntry vm, JsonObject? content)
    {
        if (SystemDisk.State(world, vm) is not { } disk) return;
        disk.Remove(DiskSource.Guest);
        if (content is not null) disk[DiskSource.Guest] = content;
    }

    /// <summary>Whether the machine has a guest; one whose creation was refused late has none.</summary>
    public static bool Exists(ResourceEntry vm) => vm.State.Object(MachineKey) is not null;

    /// <summary>The guest at a time that is not before the last commit.</summary>
    public static VmGuestView At(ResourceEntry vm, DateTimeOffset time)
    {
        var machine = GuestMachine.Load(vm.State.Object(MachineKey)!);
        var runs = new Dictionary<string, GuestRun>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonObject item in Runs(vm).OrderBy(Submitted))
        {
            if (Submitted(item) > time) continue;
            machine.AdvanceTo(Submitted(item));
            var run = new GuestRun(item.Text("script") ?? string.Empty, Parameters(item));
            runs.Add(item.Text("id")!, run);
            machine.Submit(run);
        }

        machine.AdvanceTo(time);
        return new VmGuestView(machine, runs);
    }

    /// <summary>
    /// Keeps what has become of a guest: its disk, its power, the results of its scripts, its next appointment.
    /// </summary>
    public static void Commit(SandboxWorld world, ResourceEntry vm, VmGuestView view)
    {
        GuestMachine machine = view.Machine;
        KeepResults(vm, view);
        if (machine.ActiveScripts == 0)
        {
            vm.State[MachineKey] = machine.Save();
            KeepLost(vm, view);
            KeepWaiting(vm, view);
        }

        if (machine.IsRunning)
            vm.State[VmFacts.PowerStateKey] = VmFacts.Running;
        else if (VmFacts.PowerState(vm) == VmFacts.Running)
            vm.State[VmFacts.PowerStateKey] = VmFacts.Stopped;
        if (SystemDisk.State(world, vm) is { } disk) disk[DiskSource.Guest] = machine.Disk.Save();
        DateTimeOffset[] due = [.. Runs(vm).Select(Submitted).Where(t => t > machine.Now)];
        if (machine.NextEvent is { } next) due = [.. due, next];
        if (due.Length > 0) world.Operations.Wake(WakeKind, vm.SubscriptionId, vm.Id + Mark, due.Min());
    }

    /// <summary>Switches the guest off, whatever it does; its scripts are lost.</summary>
    public static void PowerOff(SandboxWorld world, ResourceEntry vm, DateTimeOffset now)
    {
        if (!Exists(vm)) return;
        VmGuestView view = At(vm, now);
        view.Machine.PowerOff();
        KeepLost(vm, view);
        vm.State.Remove(RunsKey);
        Commit(world, vm, view with { Runs = new Dictionary<string, GuestRun>() });
    }

    /// <summary>Switches the guest on, with what is on its disk now.</summary>
    public static void PowerOn(SandboxWorld world, ResourceEntry vm, DateTimeOffset now, TimeSpan boot)
    {
        if (!Exists(vm)) return;
        VmGuestView before = At(vm, now);
        KeepLost(vm, before);
        JsonObject saved = before.Machine.Save();
        if (Content(world, vm) is { } content) saved["disk"] = content.DeepClone();
        var machine = GuestMachine.Load(saved);
        machine.PowerOff();
        machine.Boot(boot);
        vm.State.Remove(RunsKey);
        vm.State[VmFacts.PowerStateKey] = VmFacts.Running;
        Commit(world, vm, new VmGuestView(machine, new Dictionary<string, GuestRun>()));
    }

    /// <summary>Breaks the installation of a machine, or on a disk that no machine has.</summary>
    /// <returns>Whether there was one.</returns>
    public static bool Break(SandboxWorld world, string resourceId, GuestFault fault)
    {
        if (world.Store.Find(resourceId) is not { } entry) return false;
        if (VmFacts.IsMachine(entry) && Exists(entry))
        {
            // Scripts that run are played again from here: for them, too, it was broken from the start.
            var machine = GuestMachine.Load(entry.State.Object(MachineKey)!);
            machine.Disk.Break(fault);
            entry.State[MachineKey] = machine.Save();
            Commit(world, entry, At(entry, world.Now));
            return true;
        }

        if (entry.State.Object(DiskSource.Guest) is not { } content || DiskAttachment.MachineId(entry) is not null) return false;
        GuestDisk disk = GuestDisk.Load(content);
        disk.Break(fault);
        entry.State[DiskSource.Guest] = disk.Save();
        return true;
    }

    /// <summary>Puts right what is broken on a machine's disk; what runs there goes on.</summary>
    /// <returns>False when the machine has no guest.</returns>
    public static bool Mend(SandboxWorld world, ResourceEntry vm)
    {
        if (!Exists(vm)) return false;
        VmGuestView view = At(vm, world.Now);
        view.Machine.Disk.Mend();
        Commit(world, vm, view);
        return true;
    }

    /// <summary>Asks the agent to run a script.</summary>
    /// <returns>When the result will be there, as far as can be foreseen; null when it will never be.</returns>
    public static DateTimeOffset? Submit(
        SandboxWorld world,
        ResourceEntry vm,
        string id,
        string script,
        IEnumerable<KeyValuePair<string, string>> parameters,
        DateTimeOffset at)
    {
        var runs = new JsonArray([.. Runs(vm).Select(static r => (JsonNode)r.DeepClone())]);
        runs.Add((JsonNode)new JsonObject
        {
            ["id"] = id,
            ["script"] = script,
            ["parameters"] = new JsonArray([.. parameters.Select(static p =>
                (JsonNode)new JsonObject { ["name"] = p.Key, ["value"] = p.Value })]),
            ["at"] = ArmTime.Format(at),
        });
        vm.State[RunsKey] = runs;
        world.Operations.Wake(WakeKind, vm.SubscriptionId, vm.Id + Mark, at);
        return Foresee(vm, id, at);
    }

    /// <summary>The result of a script that was reported; null otherwise.</summary>
    public static JsonObject? Result(ResourceEntry vm, string id) => vm.State.Object(ResultsKey)?[id] as JsonObject;

    /// <summary>Whether a script may still report.</summary>
    public static bool IsPending(ResourceEntry vm, string id) => Runs(vm).Any(r => r.Text("id") == id);

    /// <summary>When the agent began a script that may still report, or that was cut off; null when it has not.</summary>
    public static DateTimeOffset? Began(ResourceEntry vm, string id, DateTimeOffset now)
    {
        if (vm.State.Object(LostKey).Text(id) is { } lost) return DateTimeOffset.Parse(lost, CultureInfo.InvariantCulture);
        return Exists(vm) && At(vm, now).Runs.TryGetValue(id, out GuestRun? run) ? run.StartedAt : null;
    }

    /// <summary>Takes a script back that never reached the agent.</summary>
    public static void Withdraw(ResourceEntry vm, string id)
    {
        vm.State[RunsKey] = new JsonArray([.. Runs(vm).Where(r => r.Text("id") != id).Select(static r => (JsonNode)r.DeepClone())]);
        vm.State.Object(LostKey)?.Remove(id);
    }

    /// <summary>Drops a result that has been told.</summary>
    public static void ForgetResult(ResourceEntry vm, string id) => vm.State.Object(ResultsKey)?.Remove(id);

    private static DateTimeOffset? Foresee(ResourceEntry vm, string id, DateTimeOffset at)
    {
        VmGuestView view = At(vm, at);
        while (view.Runs[id].EndedAt is null && view.Machine.NextEvent is { } next && next <= at + s_runLimit)
            view.Machine.AdvanceTo(next);
        return view.Runs[id].EndedAt;
    }

    private static void KeepResults(ResourceEntry vm, VmGuestView view)
    {
        foreach (KeyValuePair<string, GuestRun> run in view.Runs.Where(static r => r.Value.Result is not null))
        {
            JsonObject? item = Runs(vm).FirstOrDefault(r => r.Text("id") == run.Key);
            if (item is null || item.Flag("told") == true) continue;
            item["told"] = true;
            vm.State.Ensure(ResultsKey)[run.Key] = new JsonObject
            {
                ["exitCode"] = run.Value.Result!.ExitCode,
                ["output"] = run.Value.Result.Output,
                ["error"] = run.Value.Result.Error,
                ["start"] = ArmTime.Format(run.Value.StartedAt!.Value),
                ["end"] = ArmTime.Format(run.Value.EndedAt!.Value),
            };
        }
    }

    // Of a script that was cut off Azure knows the beginning only, for good: its handler wrote "Running" before it began, and does not
    // run a command twice (Azure/run-command-handler-linux, commandProcessor.go and enablePre in cmds.go).
    private static void KeepLost(ResourceEntry vm, VmGuestView view)
    {
        foreach (KeyValuePair<string, GuestRun> run in view.Runs.Where(static r => r.Value is { Result: null, StartedAt: not null }))
            vm.State.Ensure(LostKey)[run.Key] = ArmTime.Format(run.Value.StartedAt!.Value);
    }

    // Scripts that the agent has not begun wait on; begun ones have ended, or will never report.
    private static void KeepWaiting(ResourceEntry vm, VmGuestView view)
    {
        var waiting = new JsonArray();
        foreach (JsonObject item in Runs(vm))
        {
            bool begun = view.Runs.TryGetValue(item.Text("id")!, out GuestRun? run) && run.StartedAt is not null;
            if (begun) continue;
            JsonObject kept = item.Copy();
            if (run is not null) kept["at"] = ArmTime.Format(view.Machine.Now);
            waiting.Add((JsonNode)kept);
        }

        vm.State.Remove(RunsKey);
        if (waiting.Count > 0) vm.State[RunsKey] = waiting;
    }

    private static void Woken(OperationContext context)
    {
        context.World.Operations.Forget(context.Operation.Id);
        string id = context.Operation.SubjectId;
        if (context.World.Store.Find(id.Substring(0, id.Length - Mark.Length)) is not { } vm || !Exists(vm)) return;
        Commit(context.World, vm, At(vm, context.Now));
    }

    private static IEnumerable<JsonObject> Runs(ResourceEntry vm) => vm.State.Items(RunsKey);

    private static DateTimeOffset Submitted(JsonObject run) =>
        DateTimeOffset.Parse(run.Text("at")!, CultureInfo.InvariantCulture);

    private static List<KeyValuePair<string, string>> Parameters(JsonObject run) =>
        [.. run.Items("parameters").Select(
            static p => new KeyValuePair<string, string>(p.Text("name") ?? string.Empty, p.Text("value") ?? string.Empty))];
}
