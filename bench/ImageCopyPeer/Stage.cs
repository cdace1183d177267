namespace ImageCmdlets.Bench.ImageCopyPeer;

/// <summary>Makes the world in which all begins, and lets a command act in equal copies of it.</summary>
internal sealed class Stage
{
    /// <summary>Where the copies go.</summary>
    public static readonly string[] Regions = ["westus2", "northeurope", "uksouth"];

    private const string Preparation =
        """
        New-ImageVM -g images -n web -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -DataDiskSizeGB 16 -NoPublicIPAddress |
            Invoke-Generalize -Force | New-CustomImage -Name golden -ZoneResilient -Tag @{ team = 'web' } | Out-Null
        Get-CustomImage -g images -n golden | ForEach-Object { "ready: $($_.Name)" }
        """;

    private readonly World _beginning;
    private readonly string _folder;
    private int _worlds;

    /// <summary>What is there in the beginning.</summary>
    public Picture Before { get => field ?? throw new InvalidOperationException("There is no image yet."); private set; }

    /// <summary>Works in a folder.</summary>
    public Stage(string folder)
    {
        _folder = folder;
        _beginning = new World(Directory.CreateDirectory(Path.Combine(folder, "beginning")).FullName);
    }

    /// <summary>Makes a machine with a data disk, generalizes it, and makes an image of it.</summary>
    public async Task PrepareAsync()
    {
        using (var server = new PeerServer(_beginning, "max"))
        {
            using HttpClient client = server.CreateClient();
            using HttpResponseMessage group = await client.PutAsync(
                $"/subscriptions/{World.Subscription}/resourcegroups/copies?api-version=2021-04-01",
                new StringContent("""{"location":"westeurope"}""", System.Text.Encoding.UTF8, "application/json"));
            group.EnsureSuccessStatusCode();
            ToolRun run = await CopyCustomImage.RunAsync(server, Preparation);
            if (!run.Output.Contains("ready: golden", StringComparison.Ordinal)) throw new InvalidOperationException($"No image: {run.Output}");
        }

        Before = await Picture.TakeAsync(_beginning);
    }

    /// <summary>An equal world.</summary>
    public World NewWorld() => _beginning.Copy($"world{++_worlds}");

    /// <summary>A world in which the machine and its disks are gone.</summary>
    public async Task<World> NewWorldWithoutDisksAsync()
    {
        World world = NewWorld();
        using var server = new PeerServer(world, "max");
        using HttpClient client = server.CreateClient();
        ToolRun run = await CopyCustomImage.RunAsync(server, "Remove-ImageVM -g images -n web -Force; 'removed'");
        if (!run.Output.Contains("removed", StringComparison.Ordinal)) throw new InvalidOperationException(run.Output);
        return world;
    }

    /// <summary>A world in which what is written to a file of faults goes wrong.</summary>
    public World NewWorldWithFaults(string plan)
    {
        World world = NewWorld();
        File.WriteAllText(world.FaultPlan, plan);
        return world;
    }

    /// <summary>Lets a command act in a world.</summary>
    /// <param name="tool">The command.</param>
    /// <param name="world">The world.</param>
    /// <param name="speed">Of the server: <c>1</c> where the time counts.</param>
    /// <param name="killed">Whether it is killed when the first copy is under way.</param>
    public async Task<Outcome> ActAsync(IPeerTool tool, World world, string speed, bool killed = false)
    {
        Console.WriteLine($"{Path.GetFileName(_folder)}: {tool.Name}, speed {speed}{(killed ? ", killed" : string.Empty)}");
        ToolRun run;
        int since;
        using (var server = new PeerServer(world, speed, File.Exists(world.FaultPlan) ? ["--fault-plan", world.FaultPlan] : []))
        {
            await tool.SignInAsync(server);
            since = Exchanges.Count(world);
            int from = since;
            run = await tool.CopyAsync(server, Regions, killed ? () => Exchanges.Has(world, from, tool.SignOfCopy) : null);
        }

        var exchanges = Exchanges.Since(world, since);
        Picture after = await Picture.TakeAsync(world);
        return new Outcome(run, tool.Essence(run), exchanges, after.Copies, after.Beyond(Before), after.OpenAccesses);
    }
}
