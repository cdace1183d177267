using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ImageCmdlets.Shell.Hosting;

namespace ImageCmdlets.Shell.Running;

/// <summary>Runs one piece of script after the other, its output and errors through Out-Default, until Ctrl-C.</summary>
public sealed class PipelineRunner : IDisposable
{
    private readonly ShellUserInterface _ui;
    private readonly Func<PowerShell> _powerShellFactory;
    private readonly Lock _lock = new();
    private PowerShell? _running;
    private bool _stopping;

    /// <summary>Runs pipelines made by <paramref name="powerShellFactory"/>, all of one runspace.</summary>
    public PipelineRunner(ShellUserInterface ui, Func<PowerShell> powerShellFactory)
    {
        _ui = ui;
        _powerShellFactory = powerShellFactory;
        Console.CancelKeyPress += OnCancelKey;
    }

    /// <summary>Runs script text in the runspace's global scope.</summary>
    /// <param name="script">The text.</param>
    /// <param name="addToHistory">Whether Get-History shows it.</param>
    public PipelineOutcome Run(string script, bool addToHistory = false)
    {
        using PowerShell powerShell = _powerShellFactory();
        powerShell.AddScript(script, useLocalScope: false);
        powerShell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        powerShell.AddCommand("Out-Default");
        SetRunning(powerShell);
        try
        {
            powerShell.Invoke(input: null, new PSInvocationSettings { AddToHistory = addToHistory });
            // Depending on where it was, a stopped pipeline throws or only ends.
            return powerShell.InvocationStateInfo.State == PSInvocationState.Stopped
                ? PipelineOutcome.Stopped
                : PipelineOutcome.Completed;
        }
        catch (PipelineStoppedException)
        {
            return PipelineOutcome.Stopped;
        }
        catch (RuntimeException exception)
        {
            _ui.WriteErrorLine(ErrorView.Render(exception.ErrorRecord, _ui.SupportsVirtualTerminal, _ui.RawUI.WindowSize.Width));
            return PipelineOutcome.Failed;
        }
        finally
        {
            SetRunning(null);
            _ui.Progress.Clear();
        }
    }

    /// <summary>Gives the one value that a script yields, or <see langword="null"/>.</summary>
    public object? Evaluate(string script)
    {
        using PowerShell powerShell = _powerShellFactory();
        return powerShell.AddScript(script, useLocalScope: false).Invoke().FirstOrDefault()?.BaseObject;
    }

    /// <inheritdoc/>
    public void Dispose() => Console.CancelKeyPress -= OnCancelKey;

    private void SetRunning(PowerShell? powerShell)
    {
        lock (_lock)
        {
            _running = powerShell;
            _stopping = false;
        }
    }

    private void OnCancelKey(object? sender, ConsoleCancelEventArgs cancel)
    {
        PowerShell? running;
        lock (_lock)
        {
            // A second Ctrl-C while the first one is still at work means that it did not help: let the process end.
            if (_running is null || _stopping)
                return;

            running = _running;
            _stopping = true;
        }

        cancel.Cancel = true;
        running.BeginStop(callback: null, state: null);
    }
}
