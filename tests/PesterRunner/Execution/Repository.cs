namespace ImageCmdlets.PesterRunner.Execution;

/// <summary>The folders of the working copy that the runner was built in.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The manifest of the built module: nothing else is imported.</summary>
    public static string ModuleManifest => Path.Combine(Root, "output", "ImageCmdlets", "ImageCmdlets.psd1");

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ImageCmdlets.sln")))
            folder = folder.Parent;

        return folder?.FullName
            ?? throw new DirectoryNotFoundException($"There is no ImageCmdlets.sln above {AppContext.BaseDirectory}.");
    }
}
