using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>What Azure looks at before it makes or changes an image definition.</summary>
internal static class GalleryImageRules
{
    private const string Root = "galleryImage.properties";

    // Documented: what an image is cannot change, only how it is described.
    private static readonly string[] s_fixed =
    [
        "osType", "osState", "hyperVGeneration", "architecture", "identifier.publisher", "identifier.offer", "identifier.sku",
        "features", "purchasePlan",
    ];

    private static readonly (string Name, int Longest)[] s_identifier = [("publisher", 128), ("offer", 64), ("sku", 64)];

    private static readonly Regex s_asset = new(@"^[A-Za-z0-9._-]*[A-Za-z0-9_-]$", RegexOptions.CultureInvariant);

    public static void CheckNew(RequestContext context)
    {
        GalleryShape.Image.Apply(context);
        Word(context, "osType", required: true, "Windows", "Linux");
        Word(context, "osState", required: true, "Generalized", "Specialized");
        CheckWords(context);
        foreach ((string name, int longest) in s_identifier) CheckIdentifier(context, name, longest);
        CheckUnique(context);
    }

    public static void CheckChange(RequestContext context, ResourceEntry image)
    {
        GalleryShape.Image.Apply(context);
        Word(context, "osType", required: false, "Windows", "Linux");
        Word(context, "osState", required: false, "Generalized", "Specialized");
        CheckWords(context);
        foreach (string path in s_fixed)
        {
            JsonNode? sent = context.Body.At($"properties.{path}");
            if (sent is not null && !Same(sent.ToJsonString(), image.Body.At($"properties.{path}")?.ToJsonString()))
                throw ComputeErrors.PropertyChange($"{Root}.{path}");
        }
    }

    private static void CheckWords(RequestContext context)
    {
        Word(context, "hyperVGeneration", required: false, "V1", "V2");
        Word(context, "architecture", required: false, "x64", "Arm64");
        CheckRange(context, "recommended.vCPUs");
        CheckRange(context, "recommended.memory");
        GalleryBodies.EndOfLife(context, "endOfLifeDate", $"{Root}.endOfLifeDate");
    }

    // The word in Azure's casing takes the place of the client's.
    private static void Word(RequestContext context, string name, bool required, params string[] words)
    {
        JsonObject? properties = context.Body.Object("properties");
        if (GalleryWords.Read(properties, name, $"{Root}.{name}", words) is { } word)
            properties![name] = word;
        else if (required)
            throw ComputeErrors.Missing($"{Root}.{name}");
    }

    private static void CheckIdentifier(RequestContext context, string name, int longest)
    {
        string property = $"{Root}.identifier.{name}";
        if (context.Body.At($"properties.identifier.{name}") is null) throw ComputeErrors.Missing(property);
        string? value = context.Body.Text($"properties.identifier.{name}");
        if (value is null || value.Length > longest || !s_asset.IsMatch(value))
            throw GalleryImageErrors.AssetName(property, longest);
    }

    private static void CheckRange(RequestContext context, string path)
    {
        long? least = context.Body.Number($"properties.{path}.min"), most = context.Body.Number($"properties.{path}.max");
        if (least > most) throw GalleryImageErrors.MinimumAboveMaximum($"{Root}.{path}");
    }

    private static void CheckUnique(RequestContext context)
    {
        string Key(JsonNode body) => string.Join("\n", s_identifier.Select(i => body.Text($"properties.identifier.{i.Name}")));

        string gallery = context.Target!.Parent!.ToString();
        ResourceEntry? taken = context.World.Store.Below(gallery)
            .FirstOrDefault(other => other.Type == GalleryTypes.Image && Same(Key(other.Body), Key(context.Body)));
        if (taken is null) return;
        throw GalleryImageErrors.IdentifierTaken(
            taken.Name,
            context.Body.Text("properties.identifier.publisher")!,
            context.Body.Text("properties.identifier.offer")!,
            context.Body.Text("properties.identifier.sku")!);
    }

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
