namespace ImageCmdlets.Tests.Specification;

/// <summary>Where the published specification is, if anywhere: this repository holds none.</summary>
public static class SpecificationFolder
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "IMAGECMDLETS_ARM_SPECS";

    /// <summary>What a test says when it is skipped for want of the folder.</summary>
    public const string WhyNot = $"no specification: point {Variable} at a folder of ARM specifications; tests/README.md says how to get them";

    /// <summary>The folder; null when there is none.</summary>
    /// <exception cref="DirectoryNotFoundException">The variable names a folder that does not exist.</exception>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return Directory.Exists(named) ? named : throw new DirectoryNotFoundException($"{Variable} names '{named}', which does not exist.");

        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ImageCmdlets.sln"))) folder = folder.Parent;
        string? beside = folder?.Parent is null ? null : Path.Combine(folder.Parent.FullName, "shared", "arm", "specification");
        return Directory.Exists(beside) ? beside : null;
    }
}
