namespace ImageCmdlets.Sandbox.State;

/// <summary>Files with secrets in them: keys of storage accounts, passwords of machines, what disks hold.</summary>
internal static class PrivateFile
{
    /// <summary>Opens a file; one that is made is for its owner only, where the system has modes of files (0600).</summary>
    /// <remarks>A file that is there keeps its mode: whoever opened it to others meant it.</remarks>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share, int bufferSize = 4096)
    {
#if NET8_0_OR_GREATER
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = bufferSize };
        if (!OperatingSystem.IsWindows() && mode != FileMode.Open) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
#else
        return new FileStream(path, mode, access, share, bufferSize);
#endif
    }
}
