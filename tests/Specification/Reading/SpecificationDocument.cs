using System.Text.Json;
using NSwag;

namespace ImageCmdlets.Tests.Specification;

/// <summary>
/// One file of the specification. Its paths are known at once; the rest is read when the first of its operations is looked at.
/// </summary>
public sealed class SpecificationDocument
{
    private readonly Lazy<OpenApiDocument> _document;
    private readonly SchemaCompiler _compiler;

    private SpecificationDocument(string file, string version, IReadOnlyList<(string Path, string Method, string Id)> operations)
    {
        File = file;
        Version = version;
        _document = new Lazy<OpenApiDocument>(() => OpenApiDocument.FromFileAsync(file).GetAwaiter().GetResult());
        _compiler = new SchemaCompiler(() => _document.Value.Definitions.Values);
        Operations = [.. operations.Select(o => new SpecificationOperation(this, o.Method, new SpecificationPath(o.Path), o.Id))];
    }

    /// <summary>Full name of the file.</summary>
    public string File { get; }

    /// <summary>The api-version of all its operations.</summary>
    public string Version { get; }

    /// <summary>Its operations, in the order of the file.</summary>
    public IReadOnlyList<SpecificationOperation> Operations { get; }

    /// <summary>Reads a file.</summary>
    /// <returns>Null when it declares no operations (common types, an example).</returns>
    public static SpecificationDocument? Open(string file)
    {
        using JsonDocument json = JsonDocument.Parse(System.IO.File.ReadAllBytes(file));
        if (!json.RootElement.TryGetProperty("swagger", out _)) return null;
        (string, string, string)[] operations = [.. json.RootElement.GetProperty("paths").EnumerateObject().SelectMany(static path => path.Value
            .EnumerateObject()
            .Where(static method => method.Value.ValueKind == JsonValueKind.Object && method.Value.TryGetProperty("operationId", out _))
            .Select(method => (path.Name, method.Name.ToUpperInvariant(), method.Value.GetProperty("operationId").GetString()!)))];
        return operations.Length == 0 ? null : new SpecificationDocument(file, json.RootElement.GetProperty("info").GetProperty("version").GetString()!, operations);
    }

    /// <summary>What the reader made of an operation.</summary>
    internal OpenApiOperation Read(string path, string method) => _document.Value.Paths[path][method.ToLowerInvariant()];

    /// <summary>The rules of a schema of this document.</summary>
    internal SchemaNode Compile(NJsonSchema.JsonSchema schema)
    {
        lock (_compiler) return _compiler.Compile(schema);
    }
}
