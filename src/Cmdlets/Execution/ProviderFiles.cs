using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>Finds and opens the files that a path of PowerShell's names.</summary>
internal sealed class ProviderFiles(PathIntrinsics paths)
{
    /// <summary>The full names of the files.</summary>
    /// <exception cref="ImageCmdletsException">FileNotFound; InvalidArgument: a path of something else than files.</exception>
    public IReadOnlyList<string> Find(string path, bool hasWildcards)
    {
        try
        {
            ProviderInfo provider;
            IReadOnlyList<string> files = hasWildcards
                ? paths.GetResolvedProviderPathFromPSPath(path, out provider)
                : [paths.GetUnresolvedProviderPathFromPSPath(path, out provider, out _)];
            return provider.Name == "FileSystem" ? files : throw NotAFile(path);
        }
        catch (Exception exception) when (exception is ItemNotFoundException or System.Management.Automation.DriveNotFoundException)
        {
            throw new ImageCmdletsException(ErrorIds.FileNotFound, $"There is no file '{path}'.", path, innerException: exception);
        }
        catch (ProviderNotFoundException)
        {
            throw NotAFile(path);
        }
    }

    /// <summary>Opens a file that somebody may still be writing.</summary>
    /// <exception cref="ImageCmdletsException">FileNotFound, FileNotReadable.</exception>
    public static Stream Open(string file)
    {
        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ImageCmdletsException(ErrorIds.FileNotFound, $"There is no file '{file}'.", file, innerException: exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ImageCmdletsException(ErrorIds.FileNotReadable, $"'{file}' cannot be read: {exception.Message}", file, innerException: exception);
        }
    }

    private static ImageCmdletsException NotAFile(string path) =>
        new(ErrorIds.InvalidArgument, $"'{path}' is no path of a file.", path, "Pass the path of a file.");
}
