namespace ImageCmdlets.Sandbox.Guest;

/// <summary>A script that Azure asked the agent to run.</summary>
internal sealed class GuestRun(string script, IReadOnlyList<KeyValuePair<string, string>> parameters)
{
    public string Script { get; } = script;

    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; } = parameters;

    /// <summary>When the agent started it; null while the agent does not answer.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When the agent reported the result; null when it has not, or will never.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>What the agent reported.</summary>
    public ScriptResult? Result { get; private set; }

    /// <summary>Statements and commands of the script that the model does not know and passed over.</summary>
    public IReadOnlyList<string> Diagnostics { get; private set; } = [];

    /// <summary>
    /// Given up by Azure: the agent's report is no longer wanted, and a script that has not started never will.
    /// </summary>
    public bool Abandoned { get; set; }

    public void Report(ScriptResult result, DateTimeOffset now)
    {
        Result = result;
        EndedAt = now;
    }

    public void Note(IReadOnlyList<string> diagnostics) => Diagnostics = diagnostics;
}
