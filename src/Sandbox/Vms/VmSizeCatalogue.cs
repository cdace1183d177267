using System.Reflection;
using System.Text.Json;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>The sizes that the sandbox knows, read once from <c>VmSizes.json</c>.</summary>
public static class VmSizeCatalogue
{
    private const string Resource = "ImageCmdlets.Sandbox.Vms.VmSizes.json";
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);
    private static readonly Lazy<IReadOnlyList<VmSize>> s_sizes = new(static () => Load());

    /// <summary>All sizes, grouped by family.</summary>
    public static IReadOnlyList<VmSize> Sizes => s_sizes.Value;

    /// <summary>Finds a size by its name without case, or null.</summary>
    /// <param name="name">For example <c>Standard_D2s_v5</c>.</param>
    public static VmSize? Find(string? name) =>
        Sizes.FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase));

    private static List<VmSize> Load()
    {
        using Stream stream = typeof(VmSizeCatalogue).GetTypeInfo().Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource '{Resource}' is not part of the assembly.");
        return JsonSerializer.Deserialize<List<VmSize>>(stream, s_options) ?? [];
    }
}
