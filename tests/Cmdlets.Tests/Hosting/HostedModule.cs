using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace ImageCmdlets.Cmdlets.Tests.Hosting;

/// <summary>A runspace with the built module imported, as a user's session has it.</summary>
internal sealed class HostedModule : IDisposable
{
    public HostedModule(string? firstCommand = "Connect-ImageSession -Sandbox | Out-Null")
    {
        Runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        Runspace.Open();
        Invoke($"Import-Module '{BuiltModule.Manifest}' -ErrorAction Stop");
        if (firstCommand is not null)
            Invoke(firstCommand);
    }

    public Runspace Runspace { get; }

    /// <summary>Runs a script; a terminating error is thrown, other errors are thrown as well.</summary>
    public Collection<PSObject> Invoke(string script)
    {
        using PowerShell shell = Shell(script);
        Collection<PSObject> output = shell.Invoke();
        return shell.Streams.Error.Count == 0 ? output : throw new InvalidOperationException(shell.Streams.Error[0].ToString());
    }

    /// <summary>Runs a script that is expected to fail, and gives its first error, terminating or not.</summary>
    public ErrorRecord Fail(string script)
    {
        using PowerShell shell = Shell(script);
        try
        {
            shell.Invoke();
        }
        catch (RuntimeException exception)
        {
            return exception.ErrorRecord;
        }

        return shell.Streams.Error.Count > 0 ? shell.Streams.Error[0] : throw new InvalidOperationException("The script did not fail.");
    }

    /// <summary>A shell on this runspace, with a script.</summary>
    public PowerShell Shell(string script)
    {
        PowerShell shell = PowerShell.Create(Runspace);
        shell.AddScript(script);
        return shell;
    }

    public void Dispose() => Runspace.Dispose();
}
