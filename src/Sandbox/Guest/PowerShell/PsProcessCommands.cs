using ImageCmdlets.Sandbox.Guest.Windows;

namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>Cmdlets on processes and scheduled tasks.</summary>
internal static class PsProcessCommands
{
    public static IReadOnlyDictionary<string, Func<PsCall, Task>> Commands { get; } = new Dictionary<string, Func<PsCall, Task>>
    {
        ["Start-Process"] = Start,
        ["Wait-Process"] = Wait,
        ["Get-Process"] = PsObjectCommands.Do(GetProcess),
        ["Stop-Process"] = PsObjectCommands.Do(static _ => { }),
        ["New-ScheduledTaskAction"] = PsObjectCommands.Do(static c => c.Output.Add(new PsTable(isObject: true)
        {
            ["Execute"] = c.Text(0, "Execute"),
            ["Argument"] = c.Text(1, "Argument"),
        })),
        ["New-ScheduledTaskTrigger"] = PsObjectCommands.Do(
            static c => c.Output.Add(new PsTable(isObject: true) { ["At"] = c.Get(-1, "At") })),
        ["New-ScheduledTaskPrincipal"] = PsObjectCommands.Do(static c => c.Output.Add(new PsTable(isObject: true))),
        ["New-ScheduledTaskSettingsSet"] = PsObjectCommands.Do(static c => c.Output.Add(new PsTable(isObject: true))),
        ["Register-ScheduledTask"] = PsObjectCommands.Do(Register),
        ["Start-ScheduledTask"] = PsObjectCommands.Do(StartTask),
        ["Unregister-ScheduledTask"] = PsObjectCommands.Do(static _ => { }),
    };

    private static async Task Start(PsCall call)
    {
        string path = call.Text(0, "FilePath");
        string arguments = string.Join(" ", PsConvert.Items(call.Get(1, "ArgumentList", "Args")).Select(PsConvert.ToText));
        string name = path.Substring(path.LastIndexOf('\\') + 1).ToLowerInvariant().Replace(".exe", string.Empty);
        GuestProcess process;
        if (name == "sysprep")
        {
            process = Sysprep.Start(call.Machine, arguments);
        }
        else
        {
            process = call.Machine.StartProcess(name);
            Task work = Work(call, process, path, arguments);
            if (call.Has("Wait"))
            {
                await work.ConfigureAwait(false);
            }
        }

        if (call.Has("Wait"))
        {
            await process.Exit.ConfigureAwait(false);
        }

        if (call.Has("PassThru"))
        {
            call.Output.Add(process);
        }
    }

    // Its output goes nowhere, as that of a process with a window of its own.
    private static async Task Work(PsCall call, GuestProcess process, string path, string arguments)
    {
        var inner = new PsContext(call.Machine, []);
        string command = $"& '{path.Replace("'", "''")}' {arguments}";
        process.Complete(await PowerShellHost.Run(inner, command, new PsTable(isObject: false), []).ConfigureAwait(false));
    }

    private static async Task Wait(PsCall call)
    {
        IEnumerable<GuestProcess> given = call.Input is null
            ? call.Machine.Processes.Where(p => string.Equals(p.Name, call.Text(0, "Name"), StringComparison.OrdinalIgnoreCase))
            : call.Input.OfType<GuestProcess>();
        foreach (GuestProcess process in given.ToArray())
        {
            await process.Exit.ConfigureAwait(false);
        }
    }

    private static void GetProcess(PsCall call)
    {
        foreach (string wanted in call.Texts(0, "Name").DefaultIfEmpty("*"))
        {
            GuestProcess[] found = [.. call.Machine.Processes.Where(p => GuestFileSystem.Fits(p.Name, wanted, ignoreCase: true))];
            if (found.Length == 0 && wanted.IndexOf('*') < 0)
            {
                call.Fail($"Cannot find a process with the name \"{wanted}\".");
            }

            call.Output.AddRange(found);
        }
    }

    private static void Register(PsCall call)
    {
        var action = call.Get(-1, "Action") as PsTable;
        string command = $"& '{PsConvert.ToText(action?["Execute"])}' {PsConvert.ToText(action?["Argument"])}";
        call.Registry.Set(TaskKey(call), "Command", command);
        if (call.Get(-1, "Trigger") is PsTable trigger && trigger["At"] is DateTimeOffset at && at > call.Machine.Now)
        {
            call.Machine.Schedule(GuestEventKind.PowerShellScript, at - call.Machine.Now, command);
        }
    }

    private static void StartTask(PsCall call)
    {
        if (call.Registry.Get(TaskKey(call), "Command") is { } command)
            call.Machine.Schedule(GuestEventKind.PowerShellScript, TimeSpan.Zero, command);
        else
            call.Fail("The system cannot find the file specified.");
    }

    private static string TaskKey(PsCall call) =>
        $@"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Schedule\TaskCache\Tree\{call.Text(0, "TaskName")}";
}
