using System.Text.Json;
using Azure;

namespace ImageCmdlets.Engine.Arm;

/// <summary>An answer of Azure Resource Manager that is not an error.</summary>
/// <param name="Response">Status and headers.</param>
/// <param name="Body">The parsed body; <c>Undefined</c> when it was empty.</param>
internal sealed record ArmAnswer(Response Response, JsonElement Body)
{
    /// <summary>Whether the request had been sent before and its answer was lost: what it asked for may have been done by then.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>Whether it answers a DELETE.</summary>
    public bool IsDeletion { get; init; }

    public int Status => Response.Status;

    /// <summary>A header's value; null when absent.</summary>
    public string? Header(string name) => Response.Headers.TryGetValue(name, out string? value) ? value : null;
}
