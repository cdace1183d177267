using System.Reflection;
using System.Text.Json;
using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Diagnosis;

/// <summary>Reads a family of rules from the file that is embedded for it.</summary>
internal static class RuleReader
{
    private const string Folder = "ImageCmdlets.Engine.Diagnosis.Rules.";

    public static IReadOnlyList<DiagnosisRule> Read(string family)
    {
        string name = $"{Folder}{family}.json";
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The build left out the resource {name}.");
        using JsonDocument document = JsonDocument.Parse(stream);
        return [.. document.RootElement.EnumerateArray().Select(item => Read(item, family))];
    }

    private static DiagnosisRule Read(JsonElement item, string family)
    {
        string[] errorIds = [.. item.Texts("errorIds")];
        return new DiagnosisRule($"{family}.{item.Text("name")}", [.. item.Texts("patterns")])
        {
            Kind = Choose(item.Text("kind"), RuleKind.Cause),
            Severity = Choose(item.Text("severity"), FindingSeverity.Error),
            Message = item.Text("message") ?? string.Empty,
            Cause = item.Text("cause"),
            // What the list of errors advises is not written down twice.
            Fix = item.Text("fix") ?? (errorIds.Length > 0 ? ErrorCatalog.Find(errorIds[0]).RecommendedAction : null),
            Reference = item.Text("reference"),
            Code = [.. item.Texts("codes")],
            ErrorId = errorIds,
            Example = [.. item.Texts("examples")],
        };
    }

    private static T Choose<T>(string? text, T otherwise) where T : struct, Enum =>
        text is null ? otherwise : (T)Enum.Parse(typeof(T), text);
}
