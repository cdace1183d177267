using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Tests.Specification;

/// <summary>One of Microsoft's examples of an operation: parameters of a request, and the answers to it by status.</summary>
public sealed class SpecificationExample
{
    private readonly string _file;

    private SpecificationExample(SpecificationOperation operation, string title, string file)
    {
        Operation = operation;
        Title = title;
        _file = file;
    }

    /// <summary>What it is an example of.</summary>
    public SpecificationOperation Operation { get; }

    /// <summary>The sentence that names it.</summary>
    public string Title { get; }

    /// <summary>Its file's name without extension.</summary>
    public string Name => Path.GetFileNameWithoutExtension(_file);

    /// <summary>Reads the example anew.</summary>
    public JsonObject Read() =>
        (JsonObject)JsonNode.Parse(File.ReadAllBytes(_file), documentOptions: new JsonDocumentOptions { AllowTrailingCommas = true })!;

    /// <inheritdoc />
    public override string ToString() => $"{Operation.Id}/{Name}";

    internal static IReadOnlyList<SpecificationExample> Of(SpecificationOperation operation, IDictionary<string, object?>? extensions)
    {
        if (extensions is null || !extensions.TryGetValue("x-ms-examples", out object? value) || value is not IDictionary<string, object?> examples) return [];
        string folder = Path.GetDirectoryName(operation.Document.File)!;
        return [.. examples
            .Where(static e => e.Value is IDictionary<string, object?> reference && reference.ContainsKey("$ref"))
            .Select(e => new SpecificationExample(
                operation,
                e.Key,
                Path.GetFullPath(Path.Combine(folder, (string)((IDictionary<string, object?>)e.Value!)["$ref"]!))))
            .Where(static e => File.Exists(e._file))
            // A few are told under two titles.
            .DistinctBy(static e => e._file)];
    }
}
