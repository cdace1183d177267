using System.Text.RegularExpressions;

namespace ImageCmdlets.Sandbox.Compute;

/// <summary>The rule of names of disks, snapshots and images.</summary>
internal static class EntityName
{
    // Compute quotes the rule in a spelling that .NET itself would not compile ("\w-." as a range).
    private const string Quoted = @"^[^_\W][\w-._]{0,79}(?<![-.])$";

    private static readonly Regex s_rule = new(@"^[^_\W][\w.-]{0,79}(?<![-.])$", RegexOptions.CultureInvariant);

    public static void Check(string name)
    {
        if (!s_rule.IsMatch(name))
        {
            throw ComputeErrors.InvalidParameter(
                $"The entity name '{name}' is invalid according to its validation rule: {Quoted}.", null);
        }
    }
}
