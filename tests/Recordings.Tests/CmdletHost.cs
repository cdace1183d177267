using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ImageCmdlets.Commands;

namespace ImageCmdlets.Recordings.Tests;

/// <summary>A runspace with the cmdlets of this process.</summary>
internal sealed class CmdletHost : IDisposable
{
    private readonly Runspace _runspace;

    public CmdletHost()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        foreach (Type type in typeof(GetCustomImageCommand).Assembly.GetExportedTypes())
        {
            if (type.GetCustomAttributes(typeof(CmdletAttribute), false) is [CmdletAttribute cmdlet])
                state.Commands.Add(new SessionStateCmdletEntry($"{cmdlet.VerbName}-{cmdlet.NounName}", type, null));
        }

        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
    }

    /// <summary>Runs a script that finds its values as variables, and gives what it wrote.</summary>
    /// <exception cref="InvalidOperationException">The script reported an error.</exception>
    public ArmResource[] Run(string script, params (string Name, object? Value)[] variables)
    {
        (object[] output, ErrorRecord[] errors) = Invoke(script, variables);
        return errors is [ErrorRecord first, ..]
            ? throw new InvalidOperationException($"{first.FullyQualifiedErrorId}: {first}", first.Exception)
            : [.. output.Cast<ArmResource>()];
    }

    /// <summary>The same of a script whose objects are no resources.</summary>
    public string[] Texts(string script, params (string Name, object? Value)[] variables)
    {
        (object[] output, ErrorRecord[] errors) = Invoke(script, variables);
        Assert.Empty(errors);
        return [.. output.Select(item => $"{item}")];
    }

    /// <summary>Runs a script that must report exactly one error, terminating or not.</summary>
    public ErrorRecord Fail(string script, params (string Name, object? Value)[] variables) => Assert.Single(Invoke(script, variables).Errors);

    public void Dispose() => _runspace.Dispose();

    private (object[] Output, ErrorRecord[] Errors) Invoke(string script, (string Name, object? Value)[] variables)
    {
        foreach ((string name, object? value) in variables)
            _runspace.SessionStateProxy.SetVariable(name, value);

        using PowerShell shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        try
        {
            object[] output = [.. shell.Invoke().Select(item => item.BaseObject)];
            return (output, [.. shell.Streams.Error]);
        }
        catch (RuntimeException exception)
        {
            return ([], [.. shell.Streams.Error, exception.ErrorRecord]);
        }
    }
}
