using System.Text.Json;
using System.Text.RegularExpressions;
using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Access;

/// <summary>What somebody may do at a scope: of each role the actions, less its own exceptions.</summary>
/// <remarks>Source: <c>Permissions_ListForResource</c>. An exception of one role takes nothing away that another role gives ("Understand Azure role definitions").</remarks>
internal sealed class PermissionSet(IReadOnlyList<JsonElement> roles)
{
    /// <summary>Whether there is any role at all.</summary>
    public bool IsEmpty => roles.Count == 0;

    public bool Allows(string action) => roles.Any(role =>
        role.Texts("actions").Any(pattern => Fits(pattern, action)) && !role.Texts("notActions").Any(pattern => Fits(pattern, action)));

    /// <summary>Whether a pattern of a role means an action.</summary>
    public static bool Fits(string pattern, string action) =>
        Regex.IsMatch(action, "^" + Regex.Escape(pattern).Replace("\\*", ".*") + "$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
