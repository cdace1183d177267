using System.Text.RegularExpressions;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>The rule of names of all network resources.</summary>
internal static class NetworkNames
{
    private static readonly Regex s_rule = new(@"^\w(?:[\w.-]{0,78}\w)?$", RegexOptions.CultureInvariant);

    public static bool IsValid(string name) => s_rule.IsMatch(name);

    /// <summary>Refuses the name of a new resource.</summary>
    /// <exception cref="Errors.ArmException">400 InvalidResourceName.</exception>
    public static void Check(string name)
    {
        if (!IsValid(name)) throw NetworkErrors.InvalidResourceName(name);
    }
}
