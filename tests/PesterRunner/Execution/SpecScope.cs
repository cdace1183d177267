using System.Collections;
using System.Management.Automation;
using ImageCmdlets.PesterRunner.Model;

namespace ImageCmdlets.PesterRunner.Execution;

/// <summary>
/// Runs script blocks of a spec in PowerShell scopes nested as its blocks are: what <c>BeforeAll</c> sets is seen by the
/// tests inside, and what a test sets is gone after it.
/// </summary>
public sealed class SpecScope
{
    private static readonly ScriptBlock s_newScope = ScriptBlock.Create("param($______inside) $______inside.Invoke()");

    // The try makes every terminating error end the block, also one that PowerShell would otherwise report and pass over.
    // The loop takes a stray break or continue, which would otherwise leave the runner.
    private static readonly ScriptBlock s_step = ScriptBlock.Create("""
        param($______step)
        $______named = $______step.Named
        try { do { . $______step.Body @______named } while ($false) } catch { $______step.Error = $_ }
        """);

    private readonly SessionState _session;

    /// <summary>Runs in <paramref name="session"/>.</summary>
    public SpecScope(SessionState session) => _session = session;

    /// <summary>Does something inside a new scope; script blocks run by it share that scope.</summary>
    public void Enter(Action inside) =>
        _session.InvokeCommand.InvokeScript(useLocalScope: true, s_newScope, input: null, inside);

    /// <summary>Makes a case of <c>-ForEach</c> visible in the current scope.</summary>
    public void Set(SpecData? data)
    {
        if (data is null)
            return;

        _session.PSVariable.Set("_", data.Value);
        foreach (DictionaryEntry pair in data.Named)
            _session.PSVariable.Set((string)pair.Key, pair.Value);
    }

    /// <summary>Dot-sources a script block into the current scope.</summary>
    /// <param name="body">The script block; nothing happens without one.</param>
    /// <param name="data">The case whose pairs are given to the parameters of the script block.</param>
    /// <returns>The error that ended it, or <see langword="null"/>.</returns>
    public ErrorRecord? Run(ScriptBlock? body, SpecData? data)
    {
        if (body is null)
            return null;

        SpecStep step = new(body, data?.Named ?? []);
        _session.InvokeCommand.InvokeScript(useLocalScope: false, s_step, input: null, step);
        return step.Error;
    }
}
