namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>The rows of tests that take every recording: one each, or one that is skipped where there is none.</summary>
internal static class RecordingRows
{
    public static IEnumerable<TheoryDataRow<string>> All =>
        RecordingLibrary.Names.Any()
            ? RecordingLibrary.Names.Select(name => new TheoryDataRow<string>(name))
            : [new TheoryDataRow<string>("none") { Skip = RecordingFolder.WhyNot }];
}
