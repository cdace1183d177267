using System.Globalization;

namespace ImageCmdlets.Sandbox.Faults;

/// <summary>A fault of requests as a plan has it; the members are those of <see cref="SandboxFault"/>.</summary>
internal sealed record RequestFaultForm
{
    public string? Method { get; init; }

    public string? Path { get; init; }

    public string? Operation { get; init; }

    public string? Action { get; init; }

    public string? Scope { get; init; }

    public string? Location { get; init; }

    public int Skip { get; init; }

    /// <summary>Null: one, or any number when there is a probability.</summary>
    public int? Count { get; init; }

    public double Probability { get; init; } = 1;

    public bool AfterEffect { get; init; }

    public SandboxFaultEffect Effect { get; init; }

    public int Status { get; init; } = 500;

    public string? Code { get; init; }

    public string? Message { get; init; }

    public string? Body { get; init; }

    public TimeSpan Delay { get; init; }

    /// <summary>Null: no such header.</summary>
    public int? RetryAfterSeconds { get; init; }

    public SandboxFault ToFault() => new()
    {
        Method = Method,
        Path = Path,
        Operation = Operation,
        Action = Action,
        Scope = Scope,
        Location = Location,
        Skip = Skip,
        Count = Count ?? (Probability < 1 ? int.MaxValue : 1),
        Probability = Probability,
        AfterEffect = AfterEffect,
        Effect = Effect,
        Status = Status,
        Code = Code,
        Message = Message,
        Body = Body,
        Delay = Delay,
        Headers = RetryAfterSeconds is { } seconds
            ? [new KeyValuePair<string, string>("Retry-After", seconds.ToString(CultureInfo.InvariantCulture))]
            : [],
    };
}
