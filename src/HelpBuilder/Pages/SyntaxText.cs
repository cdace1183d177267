using System.Text.RegularExpressions;

namespace ImageCmdlets.HelpBuilder.Pages;

/// <summary>Reads the notation of Get-Command -Syntax: <c>Verb-Noun [[-Name] &lt;string&gt;] -Force [&lt;CommonParameters&gt;]</c>.</summary>
internal static partial class SyntaxText
{
    /// <summary>The command and its parameters, each with its value and brackets.</summary>
    public static IReadOnlyList<string> Parts(string call)
    {
        List<string> parts = [];
        int depth = 0;
        foreach (string word in call.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            // A value belongs to the parameter before it: inside the same brackets, or bare after a bare name.
            if (depth > 0 || (word.StartsWith('<') && parts.Count > 0))
                parts[^1] += ' ' + word;
            else
                parts.Add(word);

            depth += word.Count(character => character == '[') - word.Count(character => character == ']');
        }

        return parts;
    }

    /// <summary>The parameters of a call in order: the name, and the word for its value unless it is a switch.</summary>
    public static IEnumerable<(string Name, string? Value)> Parameters(string call) =>
        from part in Parts(call).Skip(1)
        let match = Parameter().Match(part)
        where match.Success
        select (match.Groups["name"].Value, match.Groups["value"].Success ? match.Groups["value"].Value : null);

    [GeneratedRegex(@"-(?<name>\w+)\]?(?: <(?<value>.+)>)?")]
    private static partial Regex Parameter();
}
