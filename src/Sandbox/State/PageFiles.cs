using ImageCmdlets.Sandbox.Blobs;

namespace ImageCmdlets.Sandbox.State;

/// <summary>
/// The written pages of blobs and disks, in a folder beside the state file. A chunk is a file named by its hash: it is written
/// once, before the journal names it, and never changes.
/// </summary>
internal sealed class PageFiles(string statePath)
{
    private readonly string _folder = Path.GetFullPath(statePath) + ".pages";

    /// <summary>Writes a chunk that is not there yet, through to the disk.</summary>
    public void Save(PageChunk chunk)
    {
        if (chunk.IsSaved) return;
        string path = PathOf(chunk.Hash);
        if (!File.Exists(path)) Write(chunk, path);
        chunk.IsSaved = true;
    }

    /// <summary>Reads a chunk.</summary>
    /// <exception cref="InvalidDataException">The folder does not belong to the state file.</exception>
    public PageChunk Load(string hash)
    {
        string path = PathOf(hash);
        if (!File.Exists(path)) throw new InvalidDataException($"'{path}' is missing: the pages do not belong to the state file.");
        PageChunk chunk = PageChunk.Load(File.ReadAllBytes(path));
        chunk.IsSaved = true;
        return chunk;
    }

    private static void Write(PageChunk chunk, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string fresh = path + ".new";
        byte[] bytes = chunk.Save();
        using (var stream = PrivateFile.Open(fresh, FileMode.Create, FileAccess.Write, FileShare.Read))
        {
            stream.Write(bytes, 0, bytes.Length);
            stream.Flush(flushToDisk: true);
        }

        File.Move(fresh, path);
    }

    private string PathOf(string hash) => Path.Combine(_folder, hash.Substring(0, 2), hash);
}
