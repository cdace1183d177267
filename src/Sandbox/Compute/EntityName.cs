using System.Text.RegularExpressions;

namespace ImageCmdlets.Sandbox.Compute;

/// <summary>The rule of names of disks, snapshots and images.</summary>
internal static class EntityName
{
    private const int Longest = 80;
    private const int LongestMachine = 64;

    private static readonly Regex s_rule = new(@"^[^_\W][\w.-]*(?<![-.])$", RegexOptions.CultureInvariant);

    public static void Check(string name) => Check(name, Longest);

    /// <summary>The same for machines, whose names have 64 characters at most (documented; the rule in the text is an assumption).</summary>
    public static void CheckMachine(string name) => Check(name, LongestMachine);

    private static void Check(string name, int longest)
    {
        if (name.Length <= longest && s_rule.IsMatch(name)) return;

        // Compute quotes the rule in a spelling that .NET itself would not compile ("\w-." as a range).
        throw ComputeErrors.InvalidParameter(
            $@"The entity name '{name}' is invalid according to its validation rule: ^[^_\W][\w-._]{{0,{longest - 1}}}(?<![-.])$.", null);
    }
}
