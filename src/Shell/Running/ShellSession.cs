using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using ImageCmdlets.Shell.CommandLine;
using ImageCmdlets.Shell.Hosting;
using Microsoft.PowerShell;

namespace ImageCmdlets.Shell.Running;

/// <summary>One run of the shell: a runspace with the module in it, and what is run there.</summary>
public sealed class ShellSession : IDisposable
{
    private const int Failure = 1;

    /// <summary>What other shells give for a program that Ctrl-C ended: 128 and the number of SIGINT.</summary>
    private const int Interrupted = 130;

    private readonly ShellConsole _console;
    private readonly ShellUserInterface _ui;
    private readonly ShellHost _host;
    private readonly Runspace _runspace;
    private readonly PipelineRunner _runner;

    /// <summary>Opens the runspace. The module is imported by <see cref="Run"/>, where a failure can be shown.</summary>
    public ShellSession(ShellConsole console)
    {
        _console = console;
        _ui = new ShellUserInterface(console);
        _host = new ShellHost(_ui);
        _runspace = RunspaceFactory.CreateRunspace(_host, CreateState());
        _runspace.Open();
        // Formats, type converters and completers look for the runspace of the thread they are called on.
        Runspace.DefaultRunspace = _runspace;
        _runner = new PipelineRunner(_ui, () => PowerShell.Create(_runspace));
    }

    /// <summary>Imports the module and does what the command line says.</summary>
    /// <param name="manifest">The full path of the module's manifest.</param>
    /// <param name="arguments">What to run.</param>
    /// <returns>The exit code of the process: that of <c>exit</c>, 1 for a terminating error, 130 for Ctrl-C, or 0.</returns>
    public int Run(string manifest, ShellArguments arguments)
    {
        if (_runner.Run(ScriptCall.Compose("Import-Module -ErrorAction Stop -Global", [manifest])) != PipelineOutcome.Completed)
            return Failure;

        if (arguments.ScriptPath is { } path)
            return RunScript(path, arguments.ScriptArguments);

        return arguments.Command is { } command ? RunCommand(command) : RunPrompt();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _runner.Dispose();
        _runspace.Dispose();
    }

    private static InitialSessionState CreateState()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = ExecutionPolicy.Bypass;

        // The first view for a type wins.
        SessionStateFormatEntry[] standard = [.. state.Formats];
        state.Formats.Clear();
        state.Formats.Add(ErrorView.FormatEntry);
        state.Formats.Add(standard);
        return state;
    }

    private int RunScript(string path, IReadOnlyList<string> arguments)
    {
        string fullPath = Path.GetFullPath(path);
        if (!File.Exists(fullPath))
        {
            _ui.WriteErrorLine($"The script '{path}' does not exist.");
            return Failure;
        }

        ScriptBlockAst script = Parser.ParseFile(fullPath, out _, out ParseError[] errors);
        if (errors.Length > 0)
        {
            // Running it by name makes the engine report the parse errors in its own words.
            _runner.Run(ScriptCall.Compose("&", [fullPath]));
            return Failure;
        }

        // Dot-sourced as a script block, not called by name: then the engine hands an exit in it to the host.
        _host.PrivateData.Properties.Add(new PSNoteProperty("Script", script.GetScriptBlock()));
        return ExitCode(_runner.Run(ScriptCall.Compose(". $Host.PrivateData.Script", arguments)));
    }

    private int RunCommand(string command)
    {
        // The engine keeps $? only of what goes into the history.
        PipelineOutcome outcome = _runner.Run(command, addToHistory: true);
        if (outcome == PipelineOutcome.Completed && _host.ExitCode is null && _runner.Evaluate("$global:?") is false)
            return Failure;

        return ExitCode(outcome);
    }

    private int RunPrompt()
    {
        PromptLoop prompt = new(_console, _ui, _host, _runner, () => PowerShell.Create(_runspace));
        if (_console.ReadsKeys)
            _host.NestedPrompt = RunNestedPrompt;

        prompt.Run();
        return _host.ExitCode ?? 0;
    }

    private void RunNestedPrompt()
    {
        static PowerShell Nested() => PowerShell.Create(RunspaceMode.CurrentRunspace);
        using PipelineRunner runner = new(_ui, Nested);
        new PromptLoop(_console, _ui, _host, runner, Nested).Run();
    }

    private int ExitCode(PipelineOutcome outcome) => outcome switch
    {
        PipelineOutcome.Failed => Failure,
        PipelineOutcome.Stopped => Interrupted,
        _ => _host.ExitCode ?? 0,
    };
}
