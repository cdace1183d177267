namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>One call of a command.</summary>
/// <param name="Interpreter">Runs script blocks that were given.</param>
/// <param name="Name">The command's name as written.</param>
/// <param name="Scope">The caller's variables.</param>
/// <param name="Input">What came through the pipeline; null at its beginning.</param>
internal sealed record PsCall(PsInterpreter Interpreter, string Name, PsScope Scope, List<object?>? Input)
{
    /// <summary>Parameters by name.</summary>
    public PsTable Named { get; } = new(isObject: false);

    /// <summary>Arguments without a name.</summary>
    public List<object?> Positional { get; } = [];

    /// <summary>All arguments as a program outside PowerShell gets them.</summary>
    public List<string> Raw { get; } = [];

    public List<object?> Output { get; } = [];

    public PsContext Context => Interpreter.Context;

    public GuestMachine Machine => Interpreter.Context.Machine;

    public GuestFileSystem Files => Machine.Disk.Files;

    public GuestRegistry Registry => Machine.Disk.Registry;

    /// <summary>A parameter by its name or one of its aliases, or, when it has no name, by its position.</summary>
    /// <param name="position">Position among the arguments without a name; -1 for parameters that need their name.</param>
    /// <param name="names">The name, then aliases. A beginning of the name will do.</param>
    public object? Get(int position, params string[] names)
    {
        foreach (KeyValuePair<string, object?> given in Named)
        {
            if (names.Any(n => n.StartsWith(given.Key, StringComparison.OrdinalIgnoreCase)))
            {
                return given.Value;
            }
        }

        return position >= 0 && position < Positional.Count ? Positional[position] : null;
    }

    public string Text(int position, params string[] names) => PsConvert.ToText(Get(position, names));

    public bool Has(params string[] names) => PsConvert.ToBool(Get(-1, names));

    /// <summary>Texts of a parameter that may be given several times over, or through the pipeline.</summary>
    public IReadOnlyList<string> Texts(int position, params string[] names)
    {
        object? given = Get(position, names);
        IEnumerable<object?> items = given is null && Input is not null ? Input : PsConvert.Items(given);
        return [.. items.Select(static i =>
            PsConvert.ToText(i is PsTable table ? table["FullName"] ?? table["Path"] ?? table["Name"] : i))];
    }

    /// <summary>An error that does not end the script unless it is told to.</summary>
    /// <exception cref="PsException">Errors are to stop the script.</exception>
    public void Fail(string message)
    {
        string action = PsConvert.ToText(Get(-1, "ErrorAction", "EA") ?? Scope.Get("ErrorActionPreference"));
        if (string.Equals(action, "Stop", StringComparison.OrdinalIgnoreCase))
        {
            throw new PsException(message);
        }

        if (!string.Equals(action, "SilentlyContinue", StringComparison.OrdinalIgnoreCase)
            && !string.Equals(action, "Ignore", StringComparison.OrdinalIgnoreCase))
        {
            Context.Error.Append(Name).Append(" : ").Append(message).Append('\n');
        }
    }

    /// <summary>Arguments may hold secrets; only the name is shown.</summary>
    public override string ToString() => Name;
}
