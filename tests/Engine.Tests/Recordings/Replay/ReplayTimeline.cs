namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>Finds the recorded answer to a request, at the time of the recording that the replay has reached.</summary>
/// <remarks>Only changes move the time: a PUT, POST or DELETE is answered by its next recorded like, and whatever was recorded
/// before counts as done. A GET is answered by the GETs recorded between the last change of that resource and the next one, in
/// their order, the last of them as often as needed. So a reader that asks more, or less, or in another order than the recorded
/// client still sees what was true. Where nobody looked in between, an earlier look is served before the replay's own first change,
/// a later one after it.</remarks>
internal sealed class ReplayTimeline
{
    private readonly List<(RequestKey Key, RecordedExchange Exchange)> _all;
    private readonly HashSet<int> _served = [];
    private int _now = -1;
    private bool _hasChanged;

    public ReplayTimeline(Recording recording)
    {
        _all = [.. recording.Exchanges.Select(exchange => (RequestKey.Of(exchange.Method, exchange.Uri), exchange))];
    }

    /// <summary>Moves to just before an exchange; what was recorded before it counts as done.</summary>
    public void MoveBefore(RecordedExchange exchange) => _now = exchange.Index - 1;

    /// <summary>The next recorded change of this kind; null when there is none left.</summary>
    /// <remarks>Where the engine PATCHes what is to change, recorded clients read the whole, changed it and PUT it: one is answered as the other was.</remarks>
    public RecordedExchange? Change(RequestKey key)
    {
        RecordedExchange? next = Next(key) ?? (key.Method == "PATCH" ? Next(key with { Method = "PUT" }) : null);
        if (next is null)
            return null;

        _now = next.Index;
        _hasChanged = true;
        return next;
    }

    /// <summary>What a GET shows now; null where the resource does not exist at this time, or the recording never shows it.</summary>
    public RecordedExchange? Read(RequestKey key)
    {
        int last = LastChange(key.Path);
        int next = NextChange(key.Path);
        RecordedExchange[] reads = Reads(key, last, next);
        RecordedExchange[] valid = [.. reads.Where(exchange => exchange.Index > last && exchange.Index < next)];
        RecordedExchange? answer = Array.Find(valid, exchange => !_served.Contains(exchange.Index)) ?? valid.LastOrDefault();
        if (answer is null && !IsAbsent(key.Path, last, next))
            answer = Nearest(reads, last) ?? Made(key.Path);
        if (answer is not null)
            _served.Add(answer.Index);
        return answer;
    }

    /// <summary>Whether the recording tells that a resource does not exist at this time.</summary>
    public bool IsAbsent(RequestKey key) => IsAbsent(key.Path, LastChange(key.Path), NextChange(key.Path));

    private RecordedExchange? Next(RequestKey key) => _all
        .Where(item => item.Key.Method == key.Method && item.Key.Path == key.Path && item.Exchange.Index > _now)
        .Select(item => item.Exchange)
        .FirstOrDefault();

    private RecordedExchange? Nearest(RecordedExchange[] reads, int last)
    {
        RecordedExchange? earlier = Array.FindLast(reads, exchange => exchange.Index < last);
        RecordedExchange? later = Array.Find(reads, exchange => exchange.Index > last);
        return _hasChanged ? later ?? earlier : earlier ?? later;
    }

    // Where nobody ever looked, the answer to the PUT is the only look there is.
    private RecordedExchange? Made(string path) =>
        _all.FindLast(item => item.Key.Method == "PUT" && item.Key.Path == path && item.Exchange.Index <= _now && item.Exchange is { Status: 200 or 201, Body.Length: > 0 }).Exchange;

    // The same query is best; an $expand that nobody recorded then is answered without it, as by a service that knows none, and what was
    // then looked at with a query only is answered with it: it shows more.
    private RecordedExchange[] Reads(RequestKey key, int last, int next)
    {
        RecordedExchange[] sameQuery = [.. _all.Where(item => item.Key == key).Select(item => item.Exchange)];
        RecordedExchange[] samePath = [.. _all.Where(item => item.Key.Method == key.Method && item.Key.Path == key.Path).Select(item => item.Exchange)];
        bool isNow(RecordedExchange exchange) => exchange.Index > last && exchange.Index < next;
        return sameQuery.Any(isNow) || (key.Query.Length == 0 && !samePath.Any(isNow)) ? sameQuery : samePath;
    }

    // Before the PUT that made it, and after a DELETE, the front end answers 404.
    private bool IsAbsent(string path, int last, int next)
    {
        bool deleted = last >= 0 && _all[last].Key is { Method: "DELETE" } deletion && deletion.Path == path;
        bool notYetMade = last < 0 && next < _all.Count && _all[next].Key.Method == "PUT" && _all[next].Exchange.Status is 201 or 202;
        return deleted || notYetMade;
    }

    private int LastChange(string path) => _all.FindLastIndex(item => item.Exchange.Index <= _now && IsChangeOf(item, path));

    private int NextChange(string path)
    {
        int next = _all.FindIndex(item => item.Exchange.Index > _now && IsChangeOf(item, path));
        return next < 0 ? _all.Count : next;
    }

    private static bool IsChangeOf((RequestKey Key, RecordedExchange Exchange) item, string path) =>
        item.Exchange.IsWrite && item.Exchange.Status < 400 && item.Key.Changes(path);
}
