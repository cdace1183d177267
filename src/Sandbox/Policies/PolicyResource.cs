using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Locations;

namespace ImageCmdlets.Sandbox.Policies;

/// <summary>A resource or group as it would be after a request, for policies to look at.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Type">Such as <c>Microsoft.Compute/images</c>.</param>
/// <param name="Names">Its name, with those of its parents before it.</param>
/// <param name="Body">The members that every resource has.</param>
internal sealed record PolicyResource(string Id, string Type, IReadOnlyList<string> Names, JsonObject Body)
{
    // tags.x, tags[x], tags['x'] (article "Azure Policy definition structure policy rule", fields).
    private static readonly Regex s_tag = new(@"^tags(\.(?<name>[^.\[]+)|\['(?<name>.+)'\]|\[(?<name>.+)\])$", RegexOptions.IgnoreCase);

    /// <summary>The last name.</summary>
    public string Name => Names[Names.Count - 1];

    /// <summary>Whether the resource has tags and a location, and so is looked at in mode <c>Indexed</c> too.</summary>
    public bool IsIndexed { get; init; }

    /// <summary>The value of a field; null when the resource has none.</summary>
    /// <param name="field">Name of the field.</param>
    /// <param name="known">Whether the sandbox knows the field; aliases of properties it does not.</param>
    public string? Value(string field, out bool known)
    {
        known = true;
        switch (field.ToUpperInvariant())
        {
            case "NAME": return Name;
            case "FULLNAME": return string.Join("/", Names);
            case "TYPE": return Type;
            case "ID": return Id;
            case "KIND": return Body.Text("kind");
            case "LOCATION": return Body.Text("location") is { } location ? Regions.Normalize(location) : null;
            case "IDENTITY.TYPE": return Body.Text("identity.type");
            case "TAGS": return Body.Object("tags")?.ToJsonString();
        }

        Match tag = s_tag.Match(field);
        known = tag.Success;
        return tag.Success && Body.Object("tags") is { } tags && tags.TryGetPropertyValue(tag.Groups["name"].Value, out JsonNode? value)
            ? value?.ToString()
            : null;
    }
}
