using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Reflection;

namespace ImageCmdlets.Shell.Hosting;

/// <summary>What the PowerShell engine sees of the shell.</summary>
public sealed class ShellHost : PSHost
{
    private readonly ShellUserInterface _ui;
    private int _nesting;

    /// <summary>Makes a host that talks through <paramref name="ui"/>.</summary>
    public ShellHost(ShellUserInterface ui) => _ui = ui;

    /// <summary>The exit code that a script or user asked for with <c>exit</c>, once it did.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Runs a prompt inside a suspended pipeline; set where there is a user to prompt.</summary>
    public Action? NestedPrompt { get; set; }

    /// <summary>Whether the prompt inside a suspended pipeline was told to end.</summary>
    public bool NestedPromptEnds { get; private set; }

    /// <inheritdoc/>
    public override string Name => "ImageCmdlets.Shell";

    /// <inheritdoc/>
    public override Version Version { get; } = Assembly.GetExecutingAssembly().GetName().Version!;

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    /// <inheritdoc/>
    public override PSHostUserInterface UI => _ui;

    /// <summary>What <c>$Host.PrivateData</c> gives; the call of a script file finds its script block there.</summary>
    public override PSObject PrivateData { get; } = new();

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode)
    {
        if (_nesting == 0)
            ExitCode = exitCode;
        else
            ExitNestedPrompt();
    }

    /// <inheritdoc/>
    /// <exception cref="PSNotSupportedException">There is no user to prompt: a script runs, or input is redirected.</exception>
    public override void EnterNestedPrompt()
    {
        if (NestedPrompt is not { } prompt)
            throw new PSNotSupportedException("The pipeline cannot be suspended: this shell has no user at its prompt.");

        _nesting++;
        try
        {
            prompt();
        }
        finally
        {
            _nesting--;
            NestedPromptEnds = false;
        }
    }

    /// <inheritdoc/>
    public override void ExitNestedPrompt() => NestedPromptEnds = true;

    /// <inheritdoc/>
    public override void NotifyBeginApplication() => _ui.Progress.Hide();

    /// <inheritdoc/>
    public override void NotifyEndApplication()
    {
    }
}
