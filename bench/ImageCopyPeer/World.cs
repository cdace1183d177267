namespace ImageCmdlets.Bench.ImageCopyPeer;

/// <summary>A world of the sandbox on the disk: the state file of a server, and the CA beside it.</summary>
internal sealed class World(string folder)
{
    public const string Subscription = "10000000-0000-4000-8000-000000000001";
    public const string Tenant = "20000000-0000-4000-8000-000000000001";

    public string State => Path.Combine(folder, "world.jsonl");

    public string Certificate => Path.Combine(folder, "ca.pem");

    public string Log => Path.Combine(folder, "exchanges.jsonl");

    public string FaultPlan => Path.Combine(folder, "faults.json");

    /// <summary>A folder for a tool's own files.</summary>
    public string ToolFolder => Directory.CreateDirectory(Path.Combine(folder, "tool")).FullName;

    /// <summary>An equal world, of which nobody else knows.</summary>
    public World Copy(string name)
    {
        string other = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(folder)!, name)).FullName;
        var copy = new World(other);
        File.Copy(State, copy.State);
        File.Copy(State + ".ca.pfx", copy.State + ".ca.pfx");
        CopyPages(copy);
        return copy;
    }

    // What disks hold lies beside the state, in a folder for each of many.
    private void CopyPages(World copy)
    {
        string pages = State + ".pages";
        if (!Directory.Exists(pages)) return;
        foreach (string file in Directory.EnumerateFiles(pages, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy.State + ".pages", Path.GetRelativePath(pages, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
