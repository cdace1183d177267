using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Blobs;
using ImageCmdlets.Sandbox.Faults;
using ImageCmdlets.Sandbox.Identity;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.State;

namespace ImageCmdlets.Sandbox;

/// <summary>Everything that exists in a sandbox. Handlers run one at a time; none needs a lock.</summary>
internal sealed class SandboxWorld
{
    private DateTimeOffset? _moment;

    public SandboxWorld(SandboxOptions options, VirtualClock clock, SandboxRegistry registry)
    {
        Options = options;
        CoreQuota = options.CoreQuota;
        PublicAddressQuota = options.PublicAddressQuota;
        Clock = clock;
        Registry = registry;
        Store = new ResourceStore(() => Now);
        Ids = new SeededIds(options.Seed);
        RequestIds = new RequestIds(options.Seed, clock);
        Operations = new OperationLedger(this);
        RateLimits = new RateLimiter(clock) { Enforced = options.EnforceRateLimits };
        Blobs = new BlobStore(this);
    }

    public SandboxOptions Options { get; }

    /// <summary>The cores that a subscription may use in a region, and in one family there; at first as the options say.</summary>
    public int CoreQuota { get; set; }

    /// <summary>The public addresses that a subscription may have in a region; at first as the options say.</summary>
    public int PublicAddressQuota { get; set; }

    public VirtualClock Clock { get; }

    public SandboxRegistry Registry { get; }

    public ResourceStore Store { get; }

    public OperationLedger Operations { get; }

    public RateLimiter RateLimits { get; }

    /// <summary>Blobs, and the bytes of disks that were written.</summary>
    public BlobStore Blobs { get; }

    /// <summary>What is wrong with machines; it comes from outside, and is no part of the state.</summary>
    public GuestFaultList GuestFaults { get; } = new();

    /// <summary>Ids that become part of the state.</summary>
    public SeededIds Ids { get; }

    /// <summary>Ids of requests; they leave no trace in the state.</summary>
    public RequestIds RequestIds { get; }

    /// <summary>
    /// The time at which things happen: the clock's, or while an operation's effect is applied, the operation's end. An effect
    /// that is applied late (because nobody looked) has thereby the same consequences as one in time.
    /// </summary>
    public DateTimeOffset Now => _moment ?? Clock.GetUtcNow();

    /// <summary>Sends requests of the world to itself: what a deployment asks of the providers.</summary>
    public Dispatcher? Dispatcher { get; set; }

    /// <summary>Lets something happen at a past time.</summary>
    public void At(DateTimeOffset moment, Action happening)
    {
        DateTimeOffset? outer = _moment;
        _moment = moment;
        try
        {
            happening();
        }
        finally
        {
            _moment = outer;
        }
    }

    /// <summary>Takes everything away, and everything that was learned of machines and clients.</summary>
    public void Clear()
    {
        Store.Clear();
        Operations.Clear();
        Blobs.Clear();
        RateLimits.Clear();
        RateLimits.Enforced = Options.EnforceRateLimits;
        CoreQuota = Options.CoreQuota;
        PublicAddressQuota = Options.PublicAddressQuota;
        Ids.Clear();
        RequestIds.Clear();
        GuestFaults.Clear();
    }

    /// <summary>Lets time pass from one end of an operation to the next, until there is none left or the limit is reached.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool PassTime(TimeSpan limit)
    {
        DateTimeOffset until = Clock.GetUtcNow() + limit;
        bool changed = false;
        while (Operations.NextEnd() is { } next && next <= until)
        {
            TimeSpan ahead = next - Clock.GetUtcNow();
            if (ahead > TimeSpan.Zero) Clock.Advance(ahead);
            changed |= Operations.Settle();
        }

        return changed;
    }

    /// <summary>What the state file holds.</summary>
    public IReadOnlyList<IStatePart> Parts => [Store, Operations, Ids, Blobs];

    /// <summary>State without clock and counters.</summary>
    public JsonObject SaveState()
    {
        var state = new JsonObject { ["resources"] = Store.Save(), ["operations"] = Operations.Save() };
        if (Blobs.Save() is { } blobs) state["blobs"] = blobs;
        return state;
    }
}
