using System.Text;

namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>What all parts of one running script share.</summary>
internal sealed class PsContext(GuestMachine machine, IList<string> diagnostics)
{
    // Enough for any real script; a loop that never sleeps would otherwise stand still for ever in simulated time.
    private const int MaxSteps = 400_000;

    private int _steps;

    public GuestMachine Machine { get; } = machine;

    /// <summary>Standard error.</summary>
    public StringBuilder Error { get; } = new();

    /// <summary>Functions of the script.</summary>
    public Dictionary<string, PsScriptBlock> Functions { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Counts a step. False when the script has run away.</summary>
    public bool Step() => ++_steps <= MaxSteps;

    public void Note(string text)
    {
        if (!diagnostics.Contains(text))
        {
            diagnostics.Add(text);
        }
    }
}
