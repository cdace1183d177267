using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using ImageCmdlets.Cmdlets.Tests.Hosting;

namespace ImageCmdlets.Cmdlets.Tests.Runbooks;

/// <summary>A sandbox in which jobs run: each in a runspace of its own, with a session of its own, in a host without anybody.</summary>
internal sealed class RunbookScene : IDisposable
{
    private const string Identity = "40000000-0000-4000-8000-000000000007";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly HostedModule _owner = new();

    /// <param name="furnishing">What is there before the jobs.</param>
    /// <param name="roles">The roles of the account's identity, and where it has them below the subscription: those that the README of the runbooks asks for, and no other.</param>
    public RunbookScene(string furnishing, params (string Role, string Scope)[] roles)
    {
        _owner.Invoke(furnishing);
        foreach ((string role, string scope) in roles)
            _owner.Invoke($"$null = Grant-ImageAccess \"/subscriptions/$((Get-ImageSession -Default).SubscriptionId){scope}\" -PrincipalId {Identity} -PrincipalType ServicePrincipal -Role '{role}'");
    }

    /// <summary>The file of a runbook.</summary>
    public static string PathOf(string runbook) => Path.Combine(BuiltModule.RepositoryRoot, "samples", "runbooks", runbook + ".ps1");

    /// <summary>Asks or changes something as the owner of the sandbox.</summary>
    public PSObject[] Ask(string script) => [.. _owner.Invoke(script)];

    /// <summary>Runs a runbook to its end.</summary>
    public RunbookRun Run(string runbook, IDictionary parameters, PSHostUserInterface? ui = null)
    {
        using Runspace runspace = Open(ui);
        using PowerShell shell = Shell(runspace, runbook, parameters);
        return RunbookRun.Of(shell);
    }

    /// <summary>Runs a runbook until it is ended from outside.</summary>
    /// <returns>False: it came to its end before.</returns>
    public async Task<bool> EndAsync(string runbook, IDictionary parameters, int call, JobEnd end)
    {
        using Runspace runspace = Open(null);
        using PowerShell shell = Shell(runspace, runbook, parameters);
        if (end == JobEnd.Stopped)
            return await StopAsync(shell, call);

        _owner.Invoke($"Set-ImageSandbox -Fault @{{ Effect = 'ConnectionReset'; Skip = {call - 1}; Count = 1000000 }}");
        RunbookRun.Of(shell);
        return (int)_owner.Invoke("$hits = (Get-ImageSandbox).Fault[0].Hits; Set-ImageSandbox -ClearFault; $hits")[0].BaseObject > 0;
    }

    public void Dispose()
    {
        _owner.Invoke("Get-ImageSession | Disconnect-ImageSession");
        _owner.Dispose();
    }

    private static async Task<bool> StopAsync(PowerShell shell, int call)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int seen = 0;
        shell.AddParameter("Verbose");
        shell.Streams.Verbose.DataAdded += (_, added) =>
        {
            if (IsCall(shell.Streams.Verbose[added.Index]) && Interlocked.Increment(ref seen) == call)
                reached.TrySetResult();
        };
        Task<PSDataCollection<PSObject>> running = shell.InvokeAsync();
        await Task.WhenAny(reached.Task, running).WaitAsync(s_patience);
        await Task.Run(shell.Stop).WaitAsync(s_patience);
        await Task.WhenAny(running).WaitAsync(s_patience);
        return reached.Task.IsCompleted;
    }

    private static bool IsCall(VerboseRecord record) =>
        record.Message.Split(' ') is [("GET" or "PUT" or "POST" or "PATCH" or "DELETE"), ['/', ..], ..];

    private static PowerShell Shell(Runspace runspace, string runbook, IDictionary parameters)
    {
        PowerShell shell = PowerShell.Create(runspace);
        shell.AddCommand(PathOf(runbook)).AddParameters(parameters);
        return shell;
    }

    private Runspace Open(PSHostUserInterface? ui)
    {
        Runspace runspace = RunspaceFactory.CreateRunspace(new JobHost(ui), InitialSessionState.CreateDefault2());
        runspace.Open();
        using PowerShell shell = PowerShell.Create(runspace);
        shell.AddCommand("Import-Module").AddParameter("Name", BuiltModule.Manifest).AddParameter("ErrorAction", "Stop").Invoke();
        shell.Commands.Clear();

        // The identity of the Automation account: a runbook that signs in otherwise, or not at all, has no session.
        shell.AddScript("""
            param($Sandbox, $PrincipalId)
            function Connect-ImageSession {
                param([Parameter(Mandatory)] [switch] $Identity, [string] $SubscriptionId, [string] $ClientId)
                ImageCmdlets\Connect-ImageSession -SandboxSession $Sandbox -PrincipalId $PrincipalId
            }
            """, useLocalScope: false).AddArgument(_owner.Invoke("Get-ImageSession -Default")[0].BaseObject).AddArgument(Identity).Invoke();
        return runspace;
    }
}
