namespace ImageCmdlets.Tests.Specification;

/// <summary>All documents of a folder.</summary>
public sealed class SpecificationLibrary
{
    private static readonly Lazy<SpecificationLibrary?> s_shared = new(static () =>
        SpecificationFolder.Find() is { } folder ? new SpecificationLibrary(folder) : null);

    private readonly Dictionary<string, SpecificationOperation[]> _operations;
    private readonly HashSet<string> _providers;
    private readonly HashSet<string> _types;
    private readonly string[] _versions;

    /// <summary>Looks through a folder.</summary>
    public SpecificationLibrary(string folder)
    {
        // Examples are many, and none is a document.
        Documents = [.. Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
            .Where(static file => !file.Contains($"{Path.DirectorySeparatorChar}examples{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(SpecificationDocument.Open)
            .OfType<SpecificationDocument>()];
        _operations = Documents
            .SelectMany(static document => document.Operations)
            // `/{resourceId}` and `/…/{resourceType}/{resourceName}` fit every address, whose provider has its own document.
            .Where(static operation => operation.Path.Literals > 0 && !operation.Path.Text.Contains("{resourceType}", StringComparison.Ordinal))
            .GroupBy(static operation => $"{operation.Method} {operation.Document.Version}", StringComparer.OrdinalIgnoreCase)
            .ToDictionary(
                static group => group.Key,
                static group => group.OrderByDescending(static operation => operation.Path.Literals).ToArray(),
                StringComparer.OrdinalIgnoreCase);
        _providers = Documents
            .SelectMany(static document => document.Operations)
            .Select(static operation => SpecificationPath.ProviderOf(operation.Path.Text))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        _types = Documents
            .SelectMany(static document => document.Operations)
            .Select(static operation => SpecificationPath.TypeOf(operation.Path.Text))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        _versions = [.. Documents.Select(static document => document.Version).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The library of the folder that is there for all tests; null when there is none.</summary>
    public static SpecificationLibrary? Shared => s_shared.Value;

    /// <summary>The documents, by name of file.</summary>
    public IReadOnlyList<SpecificationDocument> Documents { get; }

    /// <summary>The operation that a request asks for; null when the folder has no document of that version and path.</summary>
    public SpecificationOperation? Find(string method, string path, string version) => Find(method, path, version, Segments(path));

    /// <summary>Whether any document has a path of the same provider and outermost type.</summary>
    public bool HasTypeOf(string path) => _types.Contains(SpecificationPath.TypeOf(path));

    /// <summary>Whether any document, of whatever version, is about the provider of a path.</summary>
    public bool HasProviderOf(string path) => _providers.Contains(SpecificationPath.ProviderOf(path));

    /// <summary>
    /// The operation that a request of any version asks for: of the versions that the folder has, the first that is not older, or
    /// else the newest. For traffic of versions that the folder lacks.
    /// </summary>
    public SpecificationOperation? FindNearest(string method, string path, string version)
    {
        string[] segments = Segments(path);
        return _versions.Select(candidate => Find(method, path, candidate, segments))
            .OfType<SpecificationOperation>()
            .OrderByDescending(static operation => operation.Path.Literals)
            .ThenBy(operation => string.CompareOrdinal(operation.Document.Version, version) < 0)
            .ThenBy(operation => string.CompareOrdinal(operation.Document.Version, version) < 0
                ? int.MaxValue - Days(operation.Document.Version)
                : Days(operation.Document.Version))
            .FirstOrDefault();
    }

    private SpecificationOperation? Find(string method, string path, string version, string[] segments) =>
        _operations.TryGetValue($"{method} {version}", out SpecificationOperation[]? candidates)
            ? Array.Find(candidates, candidate => candidate.Path.Fits(path, segments))
            : null;

    private static string[] Segments(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static int Days(string version) => DateOnly.Parse(version.AsSpan(0, 10), System.Globalization.CultureInfo.InvariantCulture).DayNumber;
}
