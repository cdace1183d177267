using System.Globalization;
using ImageCmdlets.Engine.Diagnosis;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>What the audit of a Linux root has printed, or the end of it.</summary>
internal sealed record ResidueReport
{
    private const string Begin = "imagecmdlets-residue\t1\t";
    private const string End = "imagecmdlets-residue-end\t";

    /// <summary>How many findings there are, also of those that were not asked for.</summary>
    public required int Count { get; init; }

    /// <summary>Whether nothing of the beginning was cut off.</summary>
    public required bool IsWhole { get; init; }

    public required IReadOnlyList<ImageFinding> Finding { get; init; }

    /// <summary>The report in an output; null when there is none that came to its end. Whatever else was printed does not matter.</summary>
    public static ResidueReport? Find(string output)
    {
        string[] lines = output.Split('\n');
        int end = Array.FindLastIndex(lines, line => line.StartsWith(End, StringComparison.Ordinal));
        if (end < 0 || !int.TryParse(lines[end].Substring(End.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int count))
            return null;

        int begin = Array.FindIndex(lines, line => line.StartsWith(Begin, StringComparison.Ordinal));
        return new ResidueReport
        {
            Count = count,
            IsWhole = begin >= 0,
            Finding = [.. lines.Skip(begin + 1).Take(end - begin - 1).Select(Read).OfType<ImageFinding>()],
        };
    }

    private static ImageFinding? Read(string line)
    {
        string[] fields = line.Split('\t');
        if (fields.Length != 4 || !Enum.TryParse(fields[1], out FindingSeverity severity))
            return null;

        string evidence = fields[3].Length > 0 ? $"{fields[2]}: {fields[3]}" : fields[2];
        // A script of another version of this module may name a rule that this one does not have.
        ImageFinding finding = RuleCatalog.FindById(fields[0])?.Find(null, evidence, fields[2])
            ?? new ImageFinding(fields[0], severity, evidence) { Evidence = evidence, Target = fields[2] };
        return finding with { Severity = severity };
    }
}
