using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.ExceptionServices;
using System.Text;
using ImageCmdlets.PesterRunner.Grammar;
using ImageCmdlets.PesterRunner.Model;
using Microsoft.PowerShell;

namespace ImageCmdlets.PesterRunner.Execution;

/// <summary>Discovers or runs one spec file, each time in a fresh runspace with the built module imported.</summary>
public static class SpecFile
{
    private static readonly Lock s_opening = new();

    /// <summary>Finds what is in a file, without running its tests.</summary>
    /// <exception cref="RuntimeException">Something was thrown outside of tests and hooks.</exception>
    public static SpecBlock Discover(string file) => InRunspace((session, _) => SpecDiscovery.Run(session, file));

    /// <summary>Runs a file.</summary>
    /// <returns>The result of each test, by its id.</returns>
    /// <inheritdoc cref="Discover" path="/exception"/>
    public static IReadOnlyDictionary<string, SpecResult> Run(string file) =>
        InRunspace((session, takeOutput) => SpecRun.Run(session, SpecDiscovery.Run(session, file), takeOutput));

    private static T InRunspace<T>(Func<SessionState, Func<string>, T> work)
    {
        using Runspace runspace = OpenRunspace();
        using PowerShell powerShell = PowerShell.Create(runspace);
        powerShell.AddCommand("Import-Module").AddParameter("Name", BuiltModule.Manifest).AddParameter("ErrorAction", "Stop");
        powerShell.Invoke();

        T result = default!;
        ExceptionDispatchInfo? thrown = null;
        powerShell.Commands.Clear();
        powerShell.AddScript("param($______work) $______work.Invoke($ExecutionContext.SessionState)");
        powerShell.AddArgument(new Action<SessionState>(session =>
        {
            try
            {
                result = work(session, () => TakeOutput(powerShell.Streams));
            }
            catch (RuntimeException exception)
            {
                // Script would wrap it, and then only report it.
                thrown = ExceptionDispatchInfo.Capture(exception);
            }
        }));
        powerShell.Invoke();
        thrown?.Throw();
        return result;
    }

    // Two that the engine opens at once now and then lack its commands or its file system: what it begins with is filled only once.
    private static Runspace OpenRunspace()
    {
        lock (s_opening)
        {
            Runspace runspace = RunspaceFactory.CreateRunspace(CreateState());
            runspace.Open();
            return runspace;
        }
    }

    private static InitialSessionState CreateState()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        SpecGrammar.AddTo(state);
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = ExecutionPolicy.Bypass;

        return state;
    }

    private static string TakeOutput(PSDataStreams streams)
    {
        StringBuilder text = new();
        foreach (ErrorRecord error in streams.Error.ReadAll())
            text.AppendLine($"ERROR: {error} ({error.FullyQualifiedErrorId})");
        foreach (WarningRecord warning in streams.Warning.ReadAll())
            text.AppendLine($"WARNING: {warning.Message}");

        return text.ToString();
    }
}
