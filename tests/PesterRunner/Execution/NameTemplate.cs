using System.Management.Automation;
using System.Text.RegularExpressions;
using ImageCmdlets.PesterRunner.Model;

namespace ImageCmdlets.PesterRunner.Execution;

/// <summary>Fills the <c>&lt;name&gt;</c> and <c>&lt;_.Property&gt;</c> templates in the names of blocks and tests.</summary>
internal static partial class NameTemplate
{
    /// <summary>Stands for <c>$_</c>, which PowerShell would take from the scope around rather than from here.</summary>
    private const string Case = "______case";

    /// <summary>
    /// Fills in what the data gives. A template that it does not give stays as it stands, since Pester would take it from a
    /// variable of the run, and tests are named before that.
    /// </summary>
    /// <param name="name">The name as written; a backtick before <c>&lt;</c> or <c>&gt;</c> keeps the sign.</param>
    /// <param name="visible">The cases around the name, the innermost last.</param>
    public static string Expand(string name, IReadOnlyList<SpecData> visible)
    {
        if (!name.Contains('<', StringComparison.Ordinal))
            return name;

        List<PSVariable> variables = Variables(visible);
        string filled = Template().Replace(name, match => Value(match.Groups[1].Value, variables) ?? match.Value);
        return filled.Replace("`<", "<", StringComparison.Ordinal).Replace("`>", ">", StringComparison.Ordinal);
    }

    private static string? Value(string expression, List<PSVariable> variables)
    {
        string variable = expression == "_" || expression.StartsWith("_.", StringComparison.Ordinal) ? Case + expression[1..] : expression;
        object? value = ScriptBlock.Create("$" + variable).InvokeWithContext([], variables).FirstOrDefault();
        return value is null ? null : LanguagePrimitives.ConvertTo<string>(value);
    }

    private static List<PSVariable> Variables(IReadOnlyList<SpecData> visible)
    {
        Dictionary<string, object?> values = new(StringComparer.OrdinalIgnoreCase);
        foreach (SpecData data in visible)
        {
            foreach (string key in data.Named.Keys)
                values[key] = data.Named[key];
            values[Case] = data.Value;
        }

        return [.. values.Select(pair => new PSVariable(pair.Key, pair.Value))];
    }

    [GeneratedRegex("(?<!`)<([^>^`]+)>")]
    private static partial Regex Template();
}
