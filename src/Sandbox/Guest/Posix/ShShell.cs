namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>The state of one shell: variables, functions, options, working directory.</summary>
internal sealed class ShShell(GuestMachine machine, IList<string> diagnostics)
{
    // Enough for any real script; a loop that never sleeps would otherwise stand still for ever in simulated time.
    private const int MaxSteps = 200_000;

    private int _steps;

    public GuestMachine Machine { get; } = machine;

    public Dictionary<string, string> Variables { get; private set; } = new(StringComparer.Ordinal)
    {
        ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        ["HOME"] = "/root",
        ["USER"] = "root",
        ["IFS"] = " \t\n",
    };

    public Dictionary<string, ShNode> Functions { get; private set; } = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Arguments { get; set; } = [];

    public string Name { get; set; } = "script.sh";

    public int LastExit { get; set; }

    public string Directory { get; set; } = "/";

    /// <summary><c>set -e</c>.</summary>
    public bool ExitOnError { get; set; }

    /// <summary><c>set -o pipefail</c>.</summary>
    public bool PipeFail { get; set; }

    /// <summary>Greater than 0 inside a condition, where <c>set -e</c> does not count.</summary>
    public int Conditions { get; set; }

    /// <summary>Commands started with <c>&amp;</c>.</summary>
    public List<GuestProcess> Children { get; } = [];

    /// <summary>The command of <c>trap … EXIT</c>.</summary>
    public string? ExitTrap { get; set; }

    public void Note(string text)
    {
        if (!diagnostics.Contains(text))
        {
            diagnostics.Add(text);
        }
    }

    /// <summary>Counts a step. False when the script has run away.</summary>
    public bool Step() => ++_steps <= MaxSteps;

    public string? Get(string name) => Variables.TryGetValue(name, out string? value) ? value : null;

    /// <summary>An absolute path.</summary>
    public string Full(string path) => path.StartsWith("/", StringComparison.Ordinal) ? path : $"{Directory.TrimEnd('/')}/{path}";

    /// <summary>A subshell: what it changes in variables does not come back.</summary>
    public ShShell Fork() => new(Machine, diagnostics)
    {
        Variables = new Dictionary<string, string>(Variables, StringComparer.Ordinal),
        Functions = new Dictionary<string, ShNode>(Functions, StringComparer.Ordinal),
        Arguments = Arguments,
        Name = Name,
        LastExit = LastExit,
        Directory = Directory,
        ExitOnError = ExitOnError,
        PipeFail = PipeFail,
        Conditions = Conditions,
    };
}
