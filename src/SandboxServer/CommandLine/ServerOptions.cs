namespace ImageCmdlets.SandboxServer.CommandLine;

/// <summary>What the command line asked for.</summary>
internal sealed record ServerOptions
{
    /// <summary>The port on 127.0.0.1; 0 picks a free one.</summary>
    public int Port { get; init; }

    /// <summary>The port on 127.0.0.1 of the proxy for clients that know Azure's own names only, 0 picks a free one; null: there is none.</summary>
    public int? Proxy { get; init; }

    /// <summary>How simulated time runs.</summary>
    public ServerSpeed Speed { get; init; } = new(60);

    /// <summary>Simulated time of the start of a new world; null: the machine's.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Seed of every id that the sandbox makes up.</summary>
    public int Seed { get; init; }

    /// <summary>Where the sandbox keeps its state; null: in memory.</summary>
    public string? State { get; init; }

    /// <summary>Where the certificate of the server's CA is written as PEM, for clients to trust.</summary>
    public string? Certificate { get; init; }

    /// <summary>Where every exchange is written as a line of JSON.</summary>
    public string? Log { get; init; }

    /// <summary>Who can sign in with rights of its own; null: everybody is the owner.</summary>
    public string? Accounts { get; init; }

    /// <summary>Where it is written what goes wrong; null: nothing does.</summary>
    public string? FaultPlan { get; init; }

    /// <summary>Whether calls beyond Azure's limits are answered 429.</summary>
    public bool Throttle { get; init; }

    /// <summary>Only the usage was asked for.</summary>
    public bool Help { get; init; }
}
