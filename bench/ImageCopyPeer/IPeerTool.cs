namespace ImageCmdlets.Bench.ImageCopyPeer;

/// <summary>A command that copies an image.</summary>
internal interface IPeerTool
{
    /// <summary>Its name in the table.</summary>
    string Name { get; }

    /// <summary>What shows in an exchange that a copy to a region is under way.</summary>
    string SignOfCopy { get; }

    /// <summary>Signs in, where that is a command of its own.</summary>
    Task SignInAsync(PeerServer server);

    /// <summary>Copies the image <c>golden</c> of the group <c>images</c> to regions, into the group <c>copies</c>.</summary>
    /// <param name="server">Where Azure is.</param>
    /// <param name="regions">Where to.</param>
    /// <param name="isEnough">When it says so, the command is killed.</param>
    Task<ToolRun> CopyAsync(PeerServer server, IReadOnlyList<string> regions, Func<bool>? isEnough = null);

    /// <summary>What it says about its end, in a few lines.</summary>
    IReadOnlyList<string> Essence(ToolRun run);
}
