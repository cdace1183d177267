using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>What Azure looks at before it makes or changes an application (limits: specification, UserArtifactManage and its like).</summary>
internal static class GalleryApplicationRules
{
    public const string Root = "galleryApplication.properties";
    public const string VersionRoot = "galleryApplicationVersion.properties";

    private const string Profile = "properties.publishingProfile";
    private const int LongestCommand = 4096;

    private static readonly string[] s_required = ["install", "remove"];
    private static readonly string[] s_limited =
        ["manageActions.install", "manageActions.remove", "manageActions.update", "settings.packageFileName", "settings.configFileName"];

    /// <summary>The operating system that a request names, in Azure's casing; null when it names none.</summary>
    public static string? OSType(RequestContext context) => GalleryWords.Read(
        context.Body, "properties.supportedOSType", $"{Root}.supportedOSType", "Windows", "Linux");

    /// <summary>Refuses a package that is not described in full.</summary>
    public static void CheckPackage(RequestContext context, bool isNew)
    {
        JsonObject? profile = context.Body.Object(Profile);
        if (isNew || profile?["source"] is not null) CheckLink(profile.Text("source.mediaLink"), "mediaLink", isRequired: true);
        CheckLink(profile.Text("source.defaultConfigurationLink"), "defaultConfigurationLink", isRequired: false);
        if (profile?["manageActions"] is JsonObject actions && Array.Find(s_required, name => actions.Text(name) is null) is { } missing)
            throw ComputeErrors.Missing($"{VersionRoot}.publishingProfile.manageActions.{missing}");
        foreach (string path in s_limited)
        {
            if (profile.Text(path) is { Length: > LongestCommand }) throw ComputeErrors.Invalid($"{VersionRoot}.publishingProfile.{path}");
        }

        CheckActions(profile.Items("customActions"), $"{VersionRoot}.publishingProfile.customActions");
    }

    /// <summary>Refuses custom actions without name or script, and two of one name.</summary>
    public static void CheckActions(IEnumerable<JsonObject> actions, string target)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonObject action in actions)
        {
            string name = action.Text("name") ?? throw ComputeErrors.Missing($"{target}.name");
            if (action.Text("script") is null) throw ComputeErrors.Missing($"{target}.script");
            if (!names.Add(name)) throw ComputeErrors.Invalid($"{target}.name");
            foreach (JsonObject parameter in action.Items("parameters"))
            {
                if (parameter.Text("name") is null) throw ComputeErrors.Missing($"{target}.parameters.name");
                GalleryWords.Read(parameter, "type", $"{target}.parameters.type", "String", "ConfigurationDataBlob", "LogOutputBlob");
            }
        }
    }

    /// <summary>Refuses another package, and too few regions.</summary>
    public static void CheckChange(RequestContext context, ResourceEntry version, JsonObject publishing, JsonObject safety)
    {
        if (context.Body.Text($"{Profile}.source.mediaLink") is { } link && Blob(link) != Blob(version.Body.Text($"{Profile}.source.mediaLink")!))
            throw ComputeErrors.PropertyChange($"{VersionRoot}.publishingProfile.source.mediaLink");
        GalleryVersionRules.CheckRegions(context, version, publishing, safety);
    }

    // Signatures run out, and another one still leads to the same package.
    private static string Blob(string link) => link.Split('?')[0];

    private static void CheckLink(string? link, string name, bool isRequired)
    {
        string target = $"{VersionRoot}.publishingProfile.source.{name}";
        if (link is null && isRequired) throw ComputeErrors.Missing(target);
        bool isAddress = Uri.TryCreate(link, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https";
        if (link is not null && !isAddress) throw ComputeErrors.Invalid(target);
    }
}
