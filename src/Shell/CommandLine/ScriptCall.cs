using System.Management.Automation.Language;
using System.Text;
using System.Text.RegularExpressions;

namespace ImageCmdlets.Shell.CommandLine;

/// <summary>Turns the words of a command line into the arguments of a PowerShell call, as <c>pwsh -File</c> does.</summary>
public static partial class ScriptCall
{
    /// <summary>
    /// Gives <paramref name="target"/> followed by the arguments. A word like <c>-Name</c> or <c>-Name:</c> stays a parameter
    /// name, <c>-Force:$false</c> keeps its Boolean; every other word is passed as that very text, never evaluated.
    /// </summary>
    public static string Compose(string target, IEnumerable<string> arguments)
    {
        StringBuilder call = new(target);
        foreach (string argument in arguments)
            call.Append(' ').Append(Word(argument));

        return call.ToString();
    }

    private static string Word(string argument)
    {
        Match match = ParameterWord().Match(argument);
        if (!match.Success)
            return Quoted(argument);

        string value = match.Groups["value"].Value;
        return match.Groups["name"].Value + value switch
        {
            "" => "",
            _ when value.Equals("$true", StringComparison.OrdinalIgnoreCase) => "$true",
            _ when value.Equals("$false", StringComparison.OrdinalIgnoreCase) => "$false",
            _ => Quoted(value),
        };
    }

    private static string Quoted(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    [GeneratedRegex(@"^(?<name>-[\p{L}_][\w-]*:?)(?<value>(?<=:).+)?$", RegexOptions.Singleline)]
    private static partial Regex ParameterWord();
}
