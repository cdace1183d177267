using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.State;

namespace ImageCmdlets.Sandbox.Operations;

/// <summary>
/// All long-running operations. Nothing ticks: an operation's effect is applied when the world is next looked at after its
/// end, in the order in which operations ended.
/// </summary>
internal sealed class OperationLedger(SandboxWorld world) : IStatePart
{
    private const string ReminderKind = "Reminder";

    // Azure forgets operations too; after how long is not told. A number bounds memory whatever the clock does.
    private const int MostEnded = 20_000;

    private readonly Dictionary<string, LongRunningOperation> _operations = new(StringComparer.OrdinalIgnoreCase);
    private readonly OperationIndex _index = new();
    private long _sequence;

    /// <inheritdoc />
    public string Name => "operations";

    /// <inheritdoc />
    public bool RecordsStandAlone => true;

    /// <inheritdoc />
    public ChangedKeys Changed { get; } = new();

    /// <inheritdoc />
    public IEnumerable<string> Keys => _operations.Keys;

    public LongRunningOperation Begin(
        RequestContext context, string kind, OperationProfile profile, string subjectId, string location, JsonObject? arguments)
    {
        DateTimeOffset now = context.Now;
        var operation = new LongRunningOperation
        {
            Id = world.Ids.NextGuid($"operation|{kind}|{subjectId}"),
            Sequence = _sequence++,
            Kind = kind,
            SubscriptionId = context.SubscriptionId,
            SubjectId = subjectId,
            Arguments = arguments ?? JsonText.NewObject(),
            Start = now,
            End = now + profile.Duration,
            RetryAfter = profile.TellsWait(context.ApiVersion)
                ? profile.EarlyRetryAfter ?? profile.PollRetryAfter ?? profile.RetryAfter
                : null,
            RetryAfterIsEarly = profile.EarlyRetryAfter is not null,
        };
        operation.Arguments["location"] = location;
        Add(operation);
        return operation;
    }

    /// <summary>
    /// Lets an effect happen at a time without a client that waits for it: what a guest does by itself. There is one such
    /// appointment for a kind and subject; the earlier one wins. Its effect calls <see cref="Forget"/>.
    /// </summary>
    public void Wake(string kind, string subscriptionId, string subjectId, DateTimeOffset at)
    {
        if (HandOut(_index.On(subjectId).LastOrDefault(running => running.Kind == kind)) is { } present)
        {
            present.End = at < present.End ? at : present.End;
            return;
        }

        string id = world.RequestIds.NextGuid($"wake|{kind}|{subjectId}");
        Add(new LongRunningOperation
        {
            Id = id,
            Sequence = _sequence++,
            Kind = kind,
            SubscriptionId = subscriptionId,
            SubjectId = subjectId,
            Arguments = JsonText.NewObject(),
            Start = world.Now,
            End = at,
        });
    }

    /// <summary>
    /// Notes a time at which something has come true that is computed when it is looked at: whoever lets time jump to the next
    /// event must know of it.
    /// </summary>
    public void Remind(string subscriptionId, string subjectId, DateTimeOffset at) =>
        Wake(ReminderKind, subscriptionId, $"{subjectId}#{ArmTime.Format(at)}", at);

    /// <summary>Drops an operation that no client knows of.</summary>
    public void Forget(string id)
    {
        Changed.Note(id);
        Drop(id);
    }

    public LongRunningOperation? Find(string id) =>
        _operations.TryGetValue(id, out LongRunningOperation? operation) ? HandOut(operation) : null;

    /// <summary>The latest operation that fits; null when none does.</summary>
    public LongRunningOperation? Latest(Func<LongRunningOperation, bool> fits) =>
        HandOut(_operations.Values.Where(fits).OrderByDescending(static operation => operation.Sequence).FirstOrDefault());

    /// <summary>The operation that still runs on a resource, the latest first; null when there is none.</summary>
    public LongRunningOperation? Pending(string subjectId) => HandOut(_index.On(subjectId).LastOrDefault());

    /// <summary>Ends the operations that run on a resource because a newer one takes their place.</summary>
    public void Preempt(string subjectId)
    {
        while (Pending(subjectId) is { } operation)
        {
            operation.End = world.Now;
            End(operation, new ArmError(
                "OperationPreempted", "Operation execution has been preempted by a more recent operation.").ToJson());
        }
    }

    /// <summary>Applies the effects of all operations that have ended by now.</summary>
    /// <returns>Whether there were any.</returns>
    public bool Settle()
    {
        bool any = false;
        while (Due() is { } operation)
        {
            any = true;
            world.At(operation.End, () => Settle(operation));
        }

        while (_index.Ended.Count > MostEnded) Forget(_index.Ended.First());
        return any;
    }

    /// <summary>When the next operation ends; null when none runs.</summary>
    public DateTimeOffset? NextEnd() => _index.Next?.End;

    public JsonArray Save() =>
        new([.. _operations.Values.OrderBy(static o => o.Sequence).Select(static o => (JsonNode)o.Save())]);

    /// <inheritdoc />
    public JsonNode? Record(string key) =>
        _operations.TryGetValue(key, out LongRunningOperation? operation) ? operation.Save() : null;

    /// <inheritdoc />
    public void Restore(string key, byte[]? record)
    {
        Drop(key);
        if (record is null) return;
        LongRunningOperation operation = LongRunningOperation.Load(JsonText.ParseOwn(record)!.AsObject());
        Add(operation);
        _sequence = Math.Max(_sequence, operation.Sequence + 1);
    }

    public void Clear()
    {
        foreach (string id in _operations.Keys) Changed.Note(id);
        _operations.Clear();
        _index.Clear();
        _sequence = 0;
    }

    private void Add(LongRunningOperation operation)
    {
        _operations.Add(operation.Id, operation);
        operation.Index = _index;
        _index.Add(operation);
        Changed.Note(operation.Id);
    }

    private void Drop(string id)
    {
        if (!_operations.TryGetValue(id, out LongRunningOperation? operation)) return;
        operation.Index = null;
        _index.Remove(operation);
        _operations.Remove(id);
    }

    // Whoever gets an operation may change it.
    private LongRunningOperation? HandOut(LongRunningOperation? operation)
    {
        if (operation is not null) Changed.Note(operation.Id);
        return operation;
    }

    private LongRunningOperation? Due() =>
        _index.Next is { } next && next.End <= world.Clock.GetUtcNow() ? HandOut(next) : null;

    private void Settle(LongRunningOperation operation)
    {
        if (operation.Kind == ReminderKind)
        {
            Forget(operation.Id);
            return;
        }

        if (operation.Doom is { } doom)
        {
            End(operation, doom);
            return;
        }

        var context = new OperationContext(world, operation);
        world.Registry.FindEffect(operation.Kind).Succeeded(context);
        if (context.Until is { } until)
        {
            operation.End = until;
            operation.Sequence = _sequence++;
        }
        else if (context.Failure is { } failure)
        {
            End(operation, failure.ToJson());
        }
        else
        {
            operation.Status = OperationStatus.Succeeded;
        }
    }

    private void End(LongRunningOperation operation, JsonObject error)
    {
        operation.Status = OperationStatus.Failed;
        operation.Error = error.Copy();
        world.Registry.FindEffect(operation.Kind).Failed(new OperationContext(world, operation));
    }
}
