using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;

namespace ImageCmdlets.Sandbox.Faults;

/// <summary>What goes wrong with a copy that goes on after the operation that started it.</summary>
/// <param name="Delay">How much longer it takes.</param>
/// <param name="Code">Code of its error; null when it does not break.</param>
/// <param name="Message">Text of its error.</param>
internal sealed record CopyFault(TimeSpan Delay, string? Code, string? Message)
{
    private const string Key = "copyFault";

    public static CopyFault Of(SandboxFault fault) => fault.Effect == SandboxFaultEffect.CopyFailure
        ? new CopyFault(fault.Delay, fault.Code, fault.Message)
        : new CopyFault(fault.Delay, null, null);

    /// <summary>What was attached to the operation; null for none.</summary>
    public static CopyFault? Of(LongRunningOperation operation) => operation.Arguments.Object(Key) is { } saved
        ? new CopyFault(TimeSpan.FromSeconds(saved.Number("seconds") ?? 0), saved.Text("code"), saved.Text("message"))
        : null;

    /// <summary>Gives it to the operation that starts the copy at its end.</summary>
    public void Attach(LongRunningOperation? operation)
    {
        if (operation is null) return;
        operation.Arguments[Key] = new JsonObject { ["seconds"] = (long)Delay.TotalSeconds, ["code"] = Code, ["message"] = Message };
    }
}
