using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Operations;

/// <summary>An operation at the moment of its end.</summary>
internal sealed class OperationContext(SandboxWorld world, LongRunningOperation operation)
{
    public SandboxWorld World { get; } = world;

    public LongRunningOperation Operation { get; } = operation;

    public JsonObject Arguments => Operation.Arguments;

    /// <summary>Resource that the operation changes; null when it is gone.</summary>
    public ResourceEntry? Subject => World.Store.Find(Operation.SubjectId);

    /// <summary>When the operation ended; the clock may be further when the effect is applied.</summary>
    public DateTimeOffset Now => Operation.End;

    /// <summary>Why the effect could not be had; the operation then ends Failed.</summary>
    public ArmError? Failure { get; private set; }

    /// <summary>Set when the operation has not ended yet.</summary>
    public DateTimeOffset? Until { get; private set; }

    /// <summary>The operation goes on: its effect is asked again at that time, after all others that end then.</summary>
    public void GoOn(DateTimeOffset until) => Until = until;

    /// <summary>Ends the operation Failed; the kind's failure effect follows.</summary>
    public void Fail(ArmError error) => Failure = error;
}
