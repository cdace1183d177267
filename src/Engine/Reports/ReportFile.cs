using System.Text;

namespace ImageCmdlets.Engine.Reports;

/// <summary>Writes a file whole or not at all: beside its place first, then under its name.</summary>
internal static class ReportFile
{
    /// <summary>Whether a report can go there; asked before Azure is, for which the wait would be in vain.</summary>
    /// <exception cref="ImageCmdletsException">FileAlreadyExists, FileNotWritable.</exception>
    public static void Require(string path, bool force)
    {
        if (Directory.Exists(path))
            throw new ImageCmdletsException(ErrorIds.FileNotWritable, $"'{path}' is a folder.", path, "Pass the path of the file to be.");
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder))
            throw new ImageCmdletsException(ErrorIds.FileNotWritable, $"There is no folder '{folder}'.", path, "Make the folder first, or pass another path.");
        if (!force && File.Exists(path))
            throw new ImageCmdletsException(ErrorIds.FileAlreadyExists, $"There is a file '{path}' already.", path, "Pass another -Path, or -Force to replace it.");
    }

    /// <exception cref="ImageCmdletsException">FileAlreadyExists, FileNotWritable.</exception>
    public static FileInfo Write(string path, bool force, Action<TextWriter> write)
    {
        string partial = path + ".partial";
        Require(path, force);
        try
        {
            using (var stream = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None))
            using (var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
            {
                write(text);
                text.Flush();
                stream.Flush(flushToDisk: true);
            }

            if (File.Exists(path))
                File.Replace(partial, path, destinationBackupFileName: null);
            else
                File.Move(partial, path);
            return new FileInfo(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Forget(partial);
            throw new ImageCmdletsException(ErrorIds.FileNotWritable, $"'{path}' cannot be written: {exception.Message}", path, innerException: exception);
        }
    }

    // Another run may be writing it, and what is left of this one the next replaces.
    private static void Forget(string partial)
    {
        try
        {
            File.Delete(partial);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }
}
