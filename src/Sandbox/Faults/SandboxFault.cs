using System.Diagnostics.CodeAnalysis;

namespace ImageCmdlets.Sandbox;

/// <summary>
/// Something that goes wrong at a chosen request. All criteria that are set must fit; without any, every request fits.
/// Patterns know <c>*</c> and <c>?</c> and take no notice of case.
/// </summary>
public sealed class SandboxFault
{
    /// <summary>HTTP method.</summary>
    public string? Method { get; init; }

    /// <summary>Pattern of the path, without query; of a blob <c>/account/container/blob</c>.</summary>
    public string? Path { get; init; }

    /// <summary>Pattern of the swagger's operation id, such as <c>Disks_*</c> or <c>PageBlob_UploadPages</c>.</summary>
    public string? Operation { get; init; }

    /// <summary>Pattern of the permission needed, such as <c>Microsoft.Compute/images/write</c>.</summary>
    public string? Action { get; init; }

    /// <summary>Scope at or below which the request must lie, such as a resource group's id.</summary>
    public string? Scope { get; init; }

    /// <summary>
    /// Pattern of the region, in its short form: that of the body, of the path, or of the resource. Requests that are about no
    /// region do not fit.
    /// </summary>
    public string? Location { get; init; }

    /// <summary>Matching requests that are let through before the first one is hit.</summary>
    public int Skip { get; init; }

    /// <summary>Requests that are hit; <see cref="int.MaxValue"/> for all.</summary>
    public int Count { get; init; } = 1;

    /// <summary>
    /// How likely a matching request is hit, from 0 to 1. Which ones follows from the sandbox's seed: a run can be repeated.
    /// </summary>
    public double Probability { get; init; } = 1;

    /// <summary>
    /// Whether the request first has its effect and only its answer is lost or changed. Otherwise nothing happens but the
    /// fault.
    /// </summary>
    public bool AfterEffect { get; init; }

    /// <summary>What happens.</summary>
    public SandboxFaultEffect Effect { get; init; }

    /// <summary>HTTP status of an <see cref="SandboxFaultEffect.Error"/>.</summary>
    public int Status { get; init; } = 500;

    /// <summary>ARM error code; by default the one that Azure uses most with the status.</summary>
    [AllowNull]
    public string Code
    {
        get => field ?? Faults.FaultTexts.Code(Status);
        init;
    }

    /// <summary>ARM error text; by default that of the status.</summary>
    [AllowNull]
    public string Message
    {
        get => field ?? Faults.FaultTexts.Message(Status);
        init;
    }

    /// <summary>Body of an <see cref="SandboxFaultEffect.Error"/> instead of ARM's: empty, or a proxy's HTML. Null: ARM's.</summary>
    public string? Body { get; init; }

    /// <summary>How much longer something takes, for the effects that slow down.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Further headers of the answer, such as <c>Retry-After</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Requests hit so far.</summary>
    public int Hits { get; internal set; }

    internal int Seen { get; set; }
}
