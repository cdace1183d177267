namespace ImageCmdlets.Bench.ImageCopyPeer;

/// <summary>What each command did in each case.</summary>
internal sealed class Findings
{
    // Azure ends the making of whatever snapshot in one of the regions as failed, each time.
    private const string RegionFails =
        """
        { "requests": [ { "operation": "Snapshots_CreateOrUpdate", "location": "northeurope", "effect": "OperationFailure",
                          "code": "InternalDiskManagementError", "message": "An internal disk management error occurred.", "count": 100 } ] }
        """;

    /// <summary>The case in which the time counts.</summary>
    public const string Undisturbed = "nothing goes wrong";

    private const string Unhurried = "1";
    private const string Jumping = "max";

    private readonly List<Case> _cases = [];

    /// <summary>The cases, in the order in which they were tried.</summary>
    public IReadOnlyList<Case> Cases => _cases;

    /// <summary>Tries everything with one command.</summary>
    public async Task TryAsync(Stage stage, IPeerTool tool)
    {
        Add(Undisturbed, tool, await stage.ActAsync(tool, stage.NewWorld(), Unhurried));
        Add("a region fails", tool, await stage.ActAsync(tool, stage.NewWorldWithFaults(RegionFails), Jumping));
        World broken = stage.NewWorld();
        Add("killed while it copies", tool, await stage.ActAsync(tool, broken, Unhurried, killed: true));
        Add("the same command again", tool, await stage.ActAsync(tool, broken, Jumping));
        Add("the source's disks are gone", tool, await stage.ActAsync(tool, await stage.NewWorldWithoutDisksAsync(), Jumping));
        World done = stage.NewWorld();
        await stage.ActAsync(tool, done, Jumping);
        Add("once more when all is done", tool, await stage.ActAsync(tool, done, Jumping));
    }

    private void Add(string what, IPeerTool tool, Outcome outcome) => _cases.Add(new Case(what, tool.Name, outcome));
}
