using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Identity;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox;

/// <summary>Everything that exists in a sandbox. Handlers run one at a time; none needs a lock.</summary>
internal sealed class SandboxWorld
{
    public SandboxWorld(SandboxOptions options, VirtualClock clock, SandboxRegistry registry)
    {
        Options = options;
        Clock = clock;
        Registry = registry;
        Ids = new SeededIds(options.Seed);
        RequestIds = new SeededIds(options.Seed);
        Operations = new OperationLedger(this);
        RateLimits = new RateLimiter(clock);
    }

    public SandboxOptions Options { get; }

    public VirtualClock Clock { get; }

    public SandboxRegistry Registry { get; }

    public ResourceStore Store { get; } = new();

    public OperationLedger Operations { get; }

    public RateLimiter RateLimits { get; }

    /// <summary>Ids that become part of the state.</summary>
    public SeededIds Ids { get; }

    /// <summary>Ids of requests; they leave no trace in the state.</summary>
    public SeededIds RequestIds { get; }

    /// <summary>State without clock and counters.</summary>
    public JsonObject SaveState() => new() { ["resources"] = Store.Save(), ["operations"] = Operations.Save() };
}
