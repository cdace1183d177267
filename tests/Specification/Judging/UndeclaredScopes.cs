using System.Text.RegularExpressions;

namespace ImageCmdlets.Tests.Specification;

/// <summary>Operations that Azure has at more scopes than its specification says: they are held against the scope that it declares.</summary>
public static partial class UndeclaredScopes
{
    /// <summary>The address of the declared operation that an exchange is to be like; without any, its own.</summary>
    /// <remarks>The permissions of a subscription: article "Manage access with the REST API" shows the request and its answer; that the specification
    /// lacks it is issue 19473 of azure-rest-api-specs. Those of a resource are declared with a <c>parentResourcePath</c> of any number of segments, which
    /// paths are not told apart by here: they are held against those of its group, whose answer is the same.</remarks>
    public static Uri Declared(Uri address)
    {
        Match match = PermissionsOfSubscription().Match(address.AbsolutePath);
        if (match.Success)
            return new UriBuilder(address) { Path = $"{match.Groups["subscription"]}/resourcegroups/any{match.Groups["rest"]}" }.Uri;

        match = PermissionsOfResource().Match(address.AbsolutePath);
        return match.Success ? new UriBuilder(address) { Path = $"{match.Groups["group"]}{match.Groups["rest"]}" }.Uri : address;
    }

    [GeneratedRegex("^(?<subscription>/subscriptions/[^/]+)(?<rest>/providers/Microsoft.Authorization/permissions)$", RegexOptions.IgnoreCase)]
    private static partial Regex PermissionsOfSubscription();

    [GeneratedRegex("^(?<group>/subscriptions/[^/]+/resourcegroups/[^/]+)/providers/[^/]+(/[^/]+/[^/]+)+(?<rest>/providers/Microsoft.Authorization/permissions)$", RegexOptions.IgnoreCase)]
    private static partial Regex PermissionsOfResource();
}
