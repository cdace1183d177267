using System.Text.RegularExpressions;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Locations;

namespace ImageCmdlets.Sandbox.Resources;

/// <summary>The part of OData that ARM's lists of resources and groups understand: comparisons joined by <c>and</c>.</summary>
internal static class ResourceFilter
{
    private static readonly Regex s_comparison = new(
        @"^\(?\s*(?<name>resourceGroup|resourceType|name|location|tagName|tagValue)\s+(?<operator>eq|ne)\s+" +
        @"'(?<value>(?:[^']|'')*)'\s*\)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex s_and = new(@"\s+and\s+(?=(?:[^']*'[^']*')*[^']*$)", RegexOptions.IgnoreCase);

    /// <summary>The filter as a test of entries.</summary>
    /// <exception cref="ArmException">400 InvalidFilterInQueryString.</exception>
    public static Func<ResourceEntry, bool> Parse(string? filter)
    {
        if (string.IsNullOrWhiteSpace(filter)) return static _ => true;
        var tests = new List<Func<ResourceEntry, bool>>();
        string? tagName = null, tagValue = null;
        foreach (string part in s_and.Split(filter!.Trim()))
        {
            Match match = s_comparison.Match(part.Trim());
            if (!match.Success) throw Invalid(filter);
            string value = match.Groups["value"].Value.Replace("''", "'");
            bool wanted = Same(match.Groups["operator"].Value, "eq");
            switch (match.Groups["name"].Value.ToLowerInvariant())
            {
                case "tagname":
                    tagName = value;
                    break;
                case "tagvalue":
                    tagValue = value;
                    break;
                case { } name:
                    tests.Add(entry => Same(Value(entry, name), value) == wanted);
                    break;
            }
        }

        if (tagValue is not null && tagName is null) throw Invalid(filter);
        if (tagName is not null) tests.Add(entry => HasTag(entry, tagName, tagValue));
        return entry => tests.TrueForAll(test => test(entry));
    }

    /// <summary>Whether a filter that was parsed compares the value of a tag.</summary>
    public static bool AsksForTagValue(string? filter) => filter is not null && s_and.Split(filter.Trim())
        .Any(static part => Same(s_comparison.Match(part.Trim()).Groups["name"].Value, "tagValue"));

    private static string? Value(ResourceEntry entry, string name) => name switch
    {
        "resourcegroup" => entry.ResourceGroup,
        "resourcetype" => entry.Type,
        "location" => Regions.Normalize(entry.Location ?? string.Empty),
        _ => entry.Name,
    };

    private static bool HasTag(ResourceEntry entry, string name, string? value) =>
        entry.Body.Object("tags")?.Any(tag => Same(tag.Key, name) &&
            (value is null || string.Equals(tag.Value?.ToString(), value, StringComparison.Ordinal))) == true;

    private static bool Same(string? left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static ArmException Invalid(string? filter) => GatewayErrors.Gateway(
        400, "InvalidFilterInQueryString", $"Invalid $filter '{filter}' specified in the query string.");
}
