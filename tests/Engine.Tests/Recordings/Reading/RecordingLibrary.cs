using System.Collections.Concurrent;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>The index of the folder: which recordings it holds. Each is read once, when first asked for.</summary>
internal static class RecordingLibrary
{
    private const int HeadLength = 65536;

    private static readonly Lazy<IReadOnlyList<(string Name, RecordingFormat Format)>> s_index = new(Discover);
    private static readonly ConcurrentDictionary<string, Lazy<Recording>> s_read = new(StringComparer.Ordinal);

    private static readonly Lazy<IReadOnlyList<RecordedError>> s_errors = new(() =>
    [
        .. ErrorCollections.SelectMany(name => ErrorLineReader.Read(name, Absolute(name))),
        .. Names.Select(Read).SelectMany(RecordedErrors.In),
    ]);

    /// <summary>The names of all recordings, sorted; none when there is no folder.</summary>
    public static IEnumerable<string> Names =>
        s_index.Value.Where(file => file.Format is RecordingFormat.Vcr or RecordingFormat.HttpRecorder).Select(file => file.Name);

    /// <summary>The names of the error collections.</summary>
    public static IEnumerable<string> ErrorCollections =>
        s_index.Value.Where(file => file.Format == RecordingFormat.ErrorLines).Select(file => file.Name);

    /// <summary>Every recorded error, of the collections and of the recordings; the test that asks is skipped when there is none.</summary>
    public static IReadOnlyList<RecordedError> RequireErrors()
    {
        Assert.SkipWhen(s_errors.Value.Count == 0, RecordingFolder.WhyNot);
        return s_errors.Value;
    }

    /// <summary>The recording whose file has this name, whatever its folder; the test that asks is skipped when it is not there.</summary>
    public static Recording Require(string title)
    {
        string? name = Names.FirstOrDefault(name => Path.GetFileNameWithoutExtension(name) == title);
        Assert.SkipWhen(name is null, Names.Any() ? $"the folder of recordings has no {title}" : RecordingFolder.WhyNot);
        return Read(name!);
    }

    /// <summary>One recording by the name that the index gave.</summary>
    public static Recording Read(string name) => s_read.GetOrAdd(name, _ => new Lazy<Recording>(() => Load(name))).Value;

    private static Recording Load(string name)
    {
        RecordingFormat format = s_index.Value.First(file => file.Name == name).Format;
        return new Recording(name, format == RecordingFormat.Vcr ? VcrReader.Read(Absolute(name)) : HttpRecorderReader.Read(Absolute(name)));
    }

    private static IReadOnlyList<(string Name, RecordingFormat Format)> Discover()
    {
        if (RecordingFolder.Find() is not { } folder)
            return [];

        return [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => (Path.GetRelativePath(folder, path).Replace('\\', '/'), FormatOf(path)))
            .Where(file => file.Item2 != RecordingFormat.None)
            .OrderBy(file => file.Item1, StringComparer.Ordinal)];
    }

    private static RecordingFormat FormatOf(string path)
    {
        if (Path.GetExtension(path).ToUpperInvariant() is not (".YAML" or ".YML" or ".JSON" or ".JSONL"))
            return RecordingFormat.None;

        string head = ReadHead(path);
        if (head.StartsWith("interactions:", StringComparison.Ordinal) || head.Contains("\ninteractions:", StringComparison.Ordinal))
            return RecordingFormat.Vcr;

        if (head.Contains("\"Entries\"", StringComparison.Ordinal) && head.Contains("\"RequestUri\"", StringComparison.Ordinal))
            return RecordingFormat.HttpRecorder;

        string firstLine = head.Split('\n')[0];
        return firstLine.StartsWith('{') && firstLine.Contains("\"responseBody\"", StringComparison.Ordinal) ? RecordingFormat.ErrorLines : RecordingFormat.None;
    }

    private static string ReadHead(string path)
    {
        using var reader = new StreamReader(path);
        char[] buffer = new char[HeadLength];
        return new string(buffer, 0, reader.ReadBlock(buffer, 0, HeadLength));
    }

    private static string Absolute(string name) => Path.Combine(RecordingFolder.Find()!, name);
}
