using ImageCmdlets.Sandbox.Blobs;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.State;
using ImageCmdlets.Sandbox.Subscriptions;

namespace ImageCmdlets.Sandbox;

/// <summary>
/// A local Azure Resource Manager. It answers requests as Azure does, from the same process, without a socket: same
/// statuses, headers, codes, texts, states and durations, the last in virtual time.
/// </summary>
/// <remarks>Requests are served one at a time. All members may be used from any thread.</remarks>
public sealed partial class ArmSandbox : IDisposable
{
    /// <summary>
    /// Name of the datum of the application domain (<see cref="AppDomain.SetData(string, object)"/>) that hears every exchange: an
    /// <c>Action</c> of method, address, request headers, request body, status, answer headers, answer body. Where a fault decides
    /// the answer, status is 0 and there is no answer.
    /// </summary>
    public const string ExchangeListener = "ImageCmdlets.Sandbox.ExchangeListener";

    internal const string Tenant = "20000000-0000-4000-8000-000000000001";
    internal const string PartnerTenant = "20000000-0000-4000-8000-000000000002";

    private readonly object _gate = new();
    private readonly SandboxWorld _world;
    private readonly FaultList _faults = new();
    private readonly Dispatcher _dispatcher;
    private readonly BlobService _blobs;
    private readonly RequestCounts _counts = new();
    private readonly StateJournal? _journal;
    private DateTimeOffset _started;
    private bool _disposed;

    /// <summary>Starts a sandbox: a new world, or the one in the options' state file.</summary>
    /// <exception cref="InvalidDataException">The state file is not one of a sandbox.</exception>
    /// <exception cref="IOException">The state file cannot be written, or another sandbox has it open.</exception>
    public ArmSandbox(SandboxOptions options)
    {
        Options = options ?? throw new ArgumentNullException(nameof(options));
        Clock = new VirtualClock(options.StartTime);
        var registry = new SandboxRegistry();
        foreach (IResourceSubject subject in SandboxSubjects.All) subject.Register(registry);
        _world = new SandboxWorld(options, Clock, registry);
        _dispatcher = new Dispatcher(_world, _faults);
        _world.Dispatcher = _dispatcher;
        _blobs = new BlobService(_world, _faults);
        SubscriptionSeed.Plant(_world);
        if (options.StatePath is { } path)
        {
            (_journal, DateTimeOffset? time) = StateJournal.Open(path, _world);
            if (time is { } kept) Clock.Restart(kept);
        }

        _started = Clock.GetUtcNow();
    }

    /// <summary>Virtual time, for the sandbox and everybody who talks to it.</summary>
    public VirtualClock Clock { get; }

    /// <summary>Options of the start.</summary>
    public SandboxOptions Options { get; }

    /// <summary>The tenant of all subscriptions.</summary>
    public string TenantId { get; } = Tenant;

    /// <summary>Another directory, with one subscription and an owner of its own.</summary>
    public string PartnerTenantId { get; } = PartnerTenant;

    /// <summary>The subscription of the other directory.</summary>
    public string PartnerSubscriptionId { get; } = SubscriptionSeed.Partner.Id;

    /// <summary>Object id of the owner of the other directory's subscription; see <see cref="SandboxToken"/>.</summary>
    public string PartnerOwnerId { get; } = Authorization.Principal.PartnerObjectId;

    /// <summary>The subscription that a client without a choice uses.</summary>
    public string SubscriptionId => Subscriptions[0].Id;

    /// <summary>All subscriptions.</summary>
    public IReadOnlyList<SandboxSubscription> Subscriptions { get; } = SubscriptionSeed.All;

    /// <summary>Whether calls beyond Azure's limits are answered 429; at first as the options say.</summary>
    public bool EnforceRateLimits
    {
        get => _world.RateLimits.Enforced;
        set
        {
            lock (_gate) _world.RateLimits.Enforced = value;
        }
    }

    /// <summary>The cores that a subscription may use in a region, as Azure's support changes it on request; at first as the options say.</summary>
    public int CoreQuota
    {
        get => _world.CoreQuota;
        set
        {
            lock (_gate) _world.CoreQuota = value;
        }
    }

    /// <summary>The public addresses that a subscription may have in a region, as Azure's support changes it on request; at first as the options say.</summary>
    public int PublicAddressQuota
    {
        get => _world.PublicAddressQuota;
        set
        {
            lock (_gate) _world.PublicAddressQuota = value;
        }
    }

    /// <summary>The world itself, for tests that put a resource into it without its provider.</summary>
    internal SandboxWorld World => _world;

    /// <summary>Serves one request. Answers at once in virtual and in real time, unless a fault slows the answer.</summary>
    /// <exception cref="SandboxConnectionException">A fault cut the connection.</exception>
    /// <exception cref="IOException">The state file cannot be written. What the request changed is kept as soon as it can.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the request was served.</exception>
    public Task<SandboxResponse> SendAsync(SandboxRequest request, CancellationToken ct)
    {
        if (request is null) throw new ArgumentNullException(nameof(request));
        if (ct.IsCancellationRequested) return Task.FromCanceled<SandboxResponse>(ct);
        try
        {
            SandboxResponse response = Send(request);
            _journal?.Commit();
            return response.Delay > TimeSpan.Zero ? Wait(response, ct) : Task.FromResult(response);
        }
        catch (SandboxConnectionException cut)
        {
            return Task.FromException<SandboxResponse>(cut);
        }
    }

    /// <summary>What the sandbox has seen and holds now; operations whose time has come are carried out first.</summary>
    public SandboxStatistics GetStatistics()
    {
        lock (_gate)
        {
            if (_world.Operations.Settle()) TrySave();
            Watch(false);
            var statistics = new SandboxStatistics
            {
                Requests = _counts.All,
                RequestsByOperation = _counts.ByOperation,
                ResourcesByType = _world.Store.All
                    .GroupBy(static entry => entry.Type, StringComparer.Ordinal)
                    .ToDictionary(static group => group.Key, static group => group.Count(), StringComparer.Ordinal),
                SimulatedTime = Clock.GetUtcNow() - _started,
                Fingerprint = Fingerprint.Of(_world.SaveState()),
            };
            Watch(true);
            return statistics;
        }
    }

    /// <summary>
    /// Lets time pass until nothing is left to happen: running operations end, guests finish what they do. For clients that
    /// wait on a clock of their own.
    /// </summary>
    /// <param name="limit">Time never passes further than this.</param>
    public void PassTime(TimeSpan limit)
    {
        lock (_gate)
        {
            if (_world.PassTime(limit)) TrySave();
        }
    }

    /// <summary>Writes the time into the state file, so that the clock of a process that ends without notice goes back little.</summary>
    public void KeepTime()
    {
        lock (_gate) TrySave();
    }

    /// <summary>Back to the world of the start of a new sandbox: no groups, no faults, no counts, clock included.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _world.Clear();
            _faults.Clear();
            _counts.Clear();
            SubscriptionSeed.Plant(_world);
            Clock.Restart(Options.StartTime);
            _started = Options.StartTime;
            Save();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            try
            {
                Save();
            }
            finally
            {
                _journal?.Dispose();
            }
        }
    }

    private async Task<SandboxResponse> Wait(SandboxResponse response, CancellationToken ct)
    {
        await Clock.DelayAsync(response.Delay, ct).ConfigureAwait(false);
        return response;
    }

    private SandboxResponse Send(SandboxRequest request)
    {
        lock (_gate)
        {
            if (_disposed) throw new ObjectDisposedException(nameof(ArmSandbox));
            bool writes = request.Method is not ("GET" or "HEAD");

            // Before anything is changed: where nothing can be kept, nothing is to happen.
            if (writes) _journal?.CatchUp();
            bool changed = _world.Operations.Settle() || writes;
            if (!changed) Watch(false);
            try
            {
                _world.Blobs.Tidy();
                return _blobs.Resolve(request.Uri) is { } address
                    ? _blobs.Send(request, address, _counts.Add)
                    : _dispatcher.Send(request, _counts.Add);
            }
            finally
            {
                // A change is written before it is acknowledged, and also when the acknowledgement is lost.
                if (writes)
                    Save();
                else if (changed)
                    TrySave();
                else
                    Watch(true);
            }
        }
    }

    private void Watch(bool watched)
    {
        if (_journal is not null) _journal.Watches = watched;
    }

    private void Save() => _journal?.Append();

    private void TrySave() => _journal?.TryAppend();
}
