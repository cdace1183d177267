namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>Where recorded traffic is, if anywhere: this repository holds none.</summary>
internal static class RecordingFolder
{
    public const string Variable = "IMAGECMDLETS_RECORDINGS";

    public const string WhyNot = $"no recorded traffic: point {Variable} at a folder of recordings; tests/README.md says how to get them";

    /// <summary>The folder; null when there is none.</summary>
    /// <exception cref="DirectoryNotFoundException">The variable names a folder that does not exist.</exception>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return Directory.Exists(named) ? named : throw new DirectoryNotFoundException($"{Variable} names '{named}', which does not exist.");

        return FindBesideRepository("recordings");
    }

    /// <summary>A folder of the data kept beside the repository, for those who have it; null when it is not there.</summary>
    public static string? FindBesideRepository(string relative)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ImageCmdlets.sln")))
            folder = folder.Parent;

        string? beside = folder?.Parent is null ? null : Path.Combine(folder.Parent.FullName, "shared", relative);
        return Directory.Exists(beside) ? beside : null;
    }
}
