namespace ImageCmdlets.Shell.Running;

/// <summary>Finds the built module: the nearest <c>output/ImageCmdlets</c> above the shell's own folder.</summary>
public static class ModuleLocator
{
    /// <summary>What to tell a user whose module is not there.</summary>
    public const string NotBuilt =
        "output/ImageCmdlets/ImageCmdlets.psd1 was not found: the module is not built. Build it with: dotnet build ImageCmdlets.sln";

    /// <summary>The full path of <c>ImageCmdlets.psd1</c>, or <see langword="null"/> where nothing is built.</summary>
    /// <param name="start">The folder to search upwards from.</param>
    public static string? Find(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            string manifest = Path.Combine(folder.FullName, "output", "ImageCmdlets", "ImageCmdlets.psd1");
            if (File.Exists(manifest))
                return manifest;
        }

        return null;
    }
}
