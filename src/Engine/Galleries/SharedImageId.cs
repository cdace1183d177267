using System.Text.RegularExpressions;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>An image by the name under which others than its owner see it.</summary>
/// <param name="IsCommunity">Shared with everybody (<c>/CommunityGalleries/...</c>), not with a subscription or tenant (<c>/SharedGalleries/...</c>).</param>
/// <param name="GalleryName">The unique or public name of the gallery.</param>
/// <param name="DefinitionName">The image definition.</param>
/// <param name="Version">Null where the latest is meant.</param>
/// <remarks>Documented: <c>sharedGalleryImageId</c> and <c>communityGalleryImageId</c> of an image reference.</remarks>
internal sealed record SharedImageId(bool IsCommunity, string GalleryName, string DefinitionName, string? Version)
{
    private static readonly Regex s_form = new("^/(?<kind>Shared|Community)Galleries/(?<gallery>[\\w.-]+)/Images/(?<image>[\\w.-]+)(/Versions/(?<version>[\\w.-]+))?/?$",
        RegexOptions.IgnoreCase | RegexOptions.ECMAScript);

    /// <summary>The id in Azure's own writing.</summary>
    public string Text => Prefix + (Version ?? "latest");

    /// <summary>What the ids of all versions of the definition begin with.</summary>
    public string Prefix => $"/{(IsCommunity ? "Community" : "Shared")}Galleries/{GalleryName}/Images/{DefinitionName}/Versions/";

    /// <summary>Reads an id; null when the text is none.</summary>
    public static SharedImageId? TryParse(string? text)
    {
        Match match = s_form.Match(text ?? string.Empty);
        if (!match.Success)
            return null;

        string version = match.Groups["version"].Value;
        bool isLatest = version.Length == 0 || string.Equals(version, "latest", StringComparison.OrdinalIgnoreCase);
        return new SharedImageId(string.Equals(match.Groups["kind"].Value, "Community", StringComparison.OrdinalIgnoreCase),
            match.Groups["gallery"].Value, match.Groups["image"].Value, isLatest ? null : version);
    }

    public override string ToString() => Text;
}
