namespace ImageCmdlets;

/// <summary>Many machines of one kind, spread over regions and zones.</summary>
public sealed record NewFleetOptions
{
    /// <summary>What all of them are; its name, region and zone do not count.</summary>
    public required NewVMOptions Machine { get; init; }

    /// <summary>What their names begin with; a number of at least three digits follows.</summary>
    public required string NamePrefix { get; init; }

    /// <summary>How many there are to be.</summary>
    public required int Count { get; init; }

    /// <summary>The regions, which get equal shares; none: that of <see cref="Machine"/>.</summary>
    public IReadOnlyList<string> Location { get; init; } = [];

    /// <summary>The zones, which get equal shares in each region; none: all in which a region has the size.</summary>
    public IReadOnlyList<string> Zone { get; init; } = [];

    /// <summary>In no zone at all.</summary>
    public bool NoZone { get; init; }

    /// <summary>Gives the image version as many replicas in each region as so many machines want.</summary>
    public bool EnsureReplica { get; init; }

    /// <summary>Removes machines that are there in the state Failed, with their disks, and makes them anew. They may be ones that ran well and failed at something since.</summary>
    public bool ReplaceFailed { get; init; }

    /// <summary>How often a machine is made anew whose making Azure has given up while the command runs.</summary>
    public int RetryCount { get; init; } = 1;
}
