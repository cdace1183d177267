namespace ImageCmdlets;

/// <summary>What watches the health of a scale set's machines: a load balancer's probe, or the Application Health extension in each machine.</summary>
public sealed record ScaleSetHealthOptions
{
    /// <summary>The id of a probe that load balancing rules use which send to the set; null: the extension watches.</summary>
    public string? ProbeId { get; init; }

    /// <summary>What the extension asks the application with, from inside the machine: <c>http</c>, <c>https</c> or <c>tcp</c>.</summary>
    public string? Protocol { get; init; }

    /// <summary>The port; null: 80 for http, 443 for https; <c>tcp</c> has to have one.</summary>
    public int? Port { get; init; }

    /// <summary>The path that answers with status 200 while the application is well; null: <c>/</c>. Not for <c>tcp</c>.</summary>
    public string? Path { get; init; }
}
