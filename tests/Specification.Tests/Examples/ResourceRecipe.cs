using System.Globalization;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Specification.Tests.Examples;

/// <summary>How a resource that an example takes for granted is made: the smallest body that Azure takes (Recipes.json).</summary>
internal sealed class ResourceRecipe
{
    private static readonly Dictionary<string, ResourceRecipe> s_byType = Read();

    private static readonly string[][] s_unchangeable =
    [
        ["properties", "identifier"], ["properties", "osType"], ["properties", "osState"], ["properties", "hyperVGeneration"],
        ["properties", "storageProfile", "imageReference"], ["properties", "storageProfile", "source"],
        ["properties", "storageProfile", "osDisk", "name"], ["properties", "osProfile", "computerName"], ["properties", "osProfile", "adminUsername"],
    ];

    private readonly string _body;

    private ResourceRecipe(string type, JsonNode recipe)
    {
        Type = type;
        Version = (string)recipe["version"]!;
        _body = recipe["body"]!.ToJsonString();
    }

    /// <summary>The type of the resource, as the recipes spell it.</summary>
    public string Type { get; }

    /// <summary>The api-version of its PUT.</summary>
    public string Version { get; }

    /// <summary>The recipe for what an id names; null when there is none.</summary>
    public static ResourceRecipe? For(string id)
    {
        string[] parts = id.Split('/');
        string type = string.Join('/', parts.Skip(6).Where(static (_, i) => i == 0 || i % 2 == 1));
        return s_byType.TryGetValue(type, out ResourceRecipe? recipe) ? recipe : null;
    }

    /// <summary>The body of the PUT of a resource.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="location">Its location.</param>
    /// <param name="like">A later request for it: what it repeats and can never change is taken from there.</param>
    /// <param name="preparation">What the example needs to be different.</param>
    /// <param name="number">How many resources the scene has, so that no two have the same addresses.</param>
    public JsonObject Body(string id, string location, JsonNode? like, Preparation preparation, int number)
    {
        var body = (JsonObject)JsonNode.Parse(preparation.Apply(Type, _body).ToJsonString()
            .Replace("{location}", location, StringComparison.Ordinal)
            .Replace("{number}", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{name}", id[(id.LastIndexOf('/') + 1)..], StringComparison.Ordinal)
            .Replace("{group}", string.Join('/', id.Split('/').Take(5)), StringComparison.Ordinal))!;
        foreach (string[] path in s_unchangeable) Copy(like, body, path);
        return body;
    }

    private static void Copy(JsonNode? from, JsonNode to, string[] path)
    {
        foreach (string step in path[..^1])
        {
            from = (from as JsonObject)?[step];
            if (from is null || to[step] is not { } next) return;
            to = next;
        }

        if ((from as JsonObject)?[path[^1]] is { } value) to[path[^1]] = value.DeepClone();
    }

    private static Dictionary<string, ResourceRecipe> Read()
    {
        using Stream json = typeof(ResourceRecipe).Assembly.GetManifestResourceStream("Recipes.json")!;
        return ((JsonObject)JsonNode.Parse(json)!).ToDictionary(
            static recipe => recipe.Key,
            static recipe => new ResourceRecipe(recipe.Key, recipe.Value!),
            StringComparer.OrdinalIgnoreCase);
    }
}
