namespace ImageCmdlets.Shell.CommandLine;

/// <summary>What the command line asks the shell to do, in the words of <c>pwsh</c>: a script, a command, or a prompt.</summary>
public sealed record ShellArguments
{
    /// <summary>What <c>-Help</c> prints.</summary>
    public const string Usage = """
        usage: ImageCmdlets.Shell [script.ps1 [argument ...]]
               ImageCmdlets.Shell -Command command ...
               ImageCmdlets.Shell

        Runs a script or a command in the PowerShell engine with ImageCmdlets imported, or
        gives a prompt. Only the engine's own commands are here: Where-Object and
        ForEach-Object are, Select-Object and Format-Table are not.
        """;

    /// <summary>The script file, or <see langword="null"/>.</summary>
    public string? ScriptPath { get; private init; }

    /// <summary>The text after <c>-Command</c>, or <see langword="null"/>.</summary>
    public string? Command { get; private init; }

    /// <summary>The arguments after the script file, for its parameters and <c>$args</c>.</summary>
    public IReadOnlyList<string> ScriptArguments { get; private init; } = [];

    /// <summary>Whether only <see cref="Usage"/> is wanted.</summary>
    public bool Help { get; private init; }

    /// <summary>Why the command line cannot be followed, or <see langword="null"/>.</summary>
    public string? Error { get; private init; }

    /// <summary>Reads a command line. The first argument decides; pwsh's short forms <c>-c</c> and <c>-f</c> are taken too.</summary>
    public static ShellArguments Parse(IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0)
            return new ShellArguments();

        string[] rest = [.. arguments.Skip(1)];
        switch (arguments[0].ToLowerInvariant())
        {
            case "-command" or "-c":
                return rest.Length == 0
                    ? new ShellArguments { Error = "-Command needs the command to run." }
                    : new ShellArguments { Command = string.Join(' ', rest) };
            case "-file" or "-f":
                return rest.Length == 0 ? new ShellArguments { Error = "-File needs the script to run." } : Script(rest);
            case "-help" or "-h" or "-?" or "--help":
                return new ShellArguments { Help = true };
            case var option when option.StartsWith('-'):
                return new ShellArguments { Error = $"'{arguments[0]}' is not an option of this shell." };
            default:
                return Script(arguments);
        }
    }

    private static ShellArguments Script(IReadOnlyList<string> scriptAndArguments) => new()
    {
        ScriptPath = scriptAndArguments[0],
        ScriptArguments = [.. scriptAndArguments.Skip(1)],
    };
}
