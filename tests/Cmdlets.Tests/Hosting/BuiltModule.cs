namespace ImageCmdlets.Cmdlets.Tests.Hosting;

/// <summary>Where the module that the build made lies.</summary>
internal static class BuiltModule
{
    public static string RepositoryRoot { get; } = FindRoot();

    public static string Folder { get; } = Path.Combine(RepositoryRoot, "output", "ImageCmdlets");

    public static string Manifest { get; } = Path.Combine(Folder, "ImageCmdlets.psd1");

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ImageCmdlets.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests run inside the repository.");
    }
}
