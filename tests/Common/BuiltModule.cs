namespace ImageCmdlets.Tests;

/// <summary>Where the working copy is, and the module that its build made.</summary>
internal static class BuiltModule
{
    /// <summary>The folder of the solution.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>The module's folder.</summary>
    public static string Folder { get; } = Path.Combine(RepositoryRoot, "output", "ImageCmdlets");

    /// <summary>The module's manifest: what tests import.</summary>
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
