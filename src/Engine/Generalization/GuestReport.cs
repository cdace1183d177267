using System.Text.Json;
using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>The line of JSON that a script of this module answers with.</summary>
internal sealed record GuestReport
{
    private const string Mark = "imagecmdlets-generalize";

    /// <summary>Windows: <c>Generalized</c>, <c>AlreadyGeneralized</c>, <c>Failed</c>, <c>TimedOut</c>; Linux: <c>Scheduled</c>,
    /// <c>Refused</c>.</summary>
    public string? Outcome { get; private init; }

    /// <summary>Windows' ImageState.</summary>
    public string? ImageState { get; private init; }

    /// <summary>Whether sysprep left the file that says it succeeded.</summary>
    public bool HasTag { get; private init; }

    /// <summary>Windows: which run of sysprep's log it is about, counted from 1; 0: sysprep did not begin one.</summary>
    public int Run { get; private init; }

    /// <summary>Why it did not come to the end, in a sentence.</summary>
    public string? Reason { get; private init; }

    /// <summary>Windows: the errors of sysprep's last run; Linux: what will be left.</summary>
    public IReadOnlyList<string> Note { get; private init; } = [];

    /// <summary>The report in an output; null when there is none. Whatever else was printed does not matter.</summary>
    public static GuestReport? Find(string output)
    {
        foreach (string line in Enumerable.Reverse(output.Split('\n')).Where(line => line.Contains(Mark)))
        {
            int begin = line.IndexOf('{');
            int end = line.LastIndexOf('}');
            if (begin >= 0 && end > begin && Parse(line.Substring(begin, end - begin + 1)) is { } report)
                return report;
        }

        return null;
    }

    private static GuestReport? Parse(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            return root.Text("result") != Mark ? null : new GuestReport
            {
                Outcome = root.Text("outcome"),
                ImageState = root.Text("imageState"),
                HasTag = root.Truth("tag") ?? false,
                Run = root.Number("run") ?? 0,
                Reason = root.Text("reason") is { Length: > 0 } reason ? reason : null,
                Note = [.. root.Texts("lastErrors"), .. root.Texts("warnings")],
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
