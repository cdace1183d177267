using System.Globalization;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Operations;

/// <summary>An operation that goes on after its first answer. It can be written to the state file at any time.</summary>
internal sealed class LongRunningOperation
{
    public required string Id { get; init; }

    /// <summary>Order of start; decides between operations that end at the same time.</summary>
    public required long Sequence
    {
        get;
        set
        {
            Index?.Remove(this);
            field = value;
            Index?.Add(this);
        }
    }

    /// <summary>Kind whose effect is applied at the end.</summary>
    public required string Kind { get; init; }

    public required string SubscriptionId { get; init; }

    /// <summary>Resource that the operation changes.</summary>
    public required string SubjectId { get; init; }

    public required JsonObject Arguments { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End
    {
        get;
        set
        {
            Index?.Remove(this);
            field = value;
            Index?.Add(this);
        }
    }

    /// <summary>Seconds that polls tell the client to wait while the operation runs.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Whether only polls right after the start say so.</summary>
    public bool RetryAfterIsEarly { get; init; }

    public OperationStatus Status
    {
        get;
        set
        {
            Index?.Remove(this);
            field = value;
            Index?.Add(this);
        }
    }

    /// <summary>Where the operation is found by its end and subject; told of every change of its place.</summary>
    public OperationIndex? Index { get; set; }

    /// <summary>Why it failed, without envelope.</summary>
    public JsonObject? Error { get; set; }

    /// <summary>What it made: <c>properties.output</c> of its status, and the whole body behind <c>Location</c>.</summary>
    public JsonNode? Output { get; set; }

    /// <summary>Set by a fault: the operation will end so, whatever its effect would be.</summary>
    public JsonObject? Doom { get; set; }

    /// <summary>Makes the operation end Failed when its time has come.</summary>
    public void FailLater(ArmError error) => Doom = error.ToJson();

    /// <summary>The status resource, as Compute shows it: no id, no percentage.</summary>
    public JsonObject ToStatus()
    {
        var json = new JsonObject { ["startTime"] = ArmTime.Format(Start) };
        if (Status != OperationStatus.InProgress) json["endTime"] = ArmTime.Format(End);
        json["status"] = Status.ToString();
        if (Output is not null && Status == OperationStatus.Succeeded)
            json["properties"] = new JsonObject { ["output"] = Output.DeepClone() };
        if (Error is not null) json["error"] = Error.DeepClone();
        json["name"] = Id;
        return json;
    }

    public JsonObject Save() => new()
    {
        ["id"] = Id,
        ["sequence"] = Sequence,
        ["kind"] = Kind,
        ["subscriptionId"] = SubscriptionId,
        ["subjectId"] = SubjectId,
        ["arguments"] = Arguments.DeepClone(),
        ["start"] = ArmTime.Format(Start),
        ["end"] = ArmTime.Format(End),
        ["retryAfter"] = RetryAfter,
        ["retryAfterIsEarly"] = RetryAfterIsEarly,
        ["status"] = Status.ToString(),
        ["error"] = Error?.DeepClone(),
        ["output"] = Output?.DeepClone(),
        ["doom"] = Doom?.DeepClone(),
    };

    public static LongRunningOperation Load(JsonObject json) => new()
    {
        Id = json.Text("id")!,
        Sequence = json.Number("sequence")!.Value,
        Kind = json.Text("kind")!,
        SubscriptionId = json.Text("subscriptionId")!,
        SubjectId = json.Text("subjectId")!,
        Arguments = json.Object("arguments")!.Copy(),
        Start = Time(json, "start"),
        End = Time(json, "end"),
        RetryAfter = (int?)json.Number("retryAfter"),
        RetryAfterIsEarly = json.Flag("retryAfterIsEarly") == true,
        Status = (OperationStatus)Enum.Parse(typeof(OperationStatus), json.Text("status")!),
        Error = json.Object("error")?.Copy(),
        Output = json["output"]?.DeepClone(),
        Doom = json.Object("doom")?.Copy(),
    };

    private static DateTimeOffset Time(JsonObject json, string name) =>
        DateTimeOffset.Parse(json.Text(name)!, CultureInfo.InvariantCulture);
}
