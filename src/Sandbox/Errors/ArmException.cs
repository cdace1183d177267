using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Http;

namespace ImageCmdlets.Sandbox.Errors;

/// <summary>Azure refuses the request. A handler throws it before it has changed anything.</summary>
internal sealed class ArmException(int status, ArmError error) : Exception($"{status} {error.Code}: {error.Message}")
{
    public int Status { get; } = status;

    public ArmError Error { get; } = error;

    /// <summary>Refused by the front end, not by a provider.</summary>
    public bool FromGateway { get; init; }

    /// <summary>Body instead of the envelope, for the few answers that have another shape.</summary>
    public JsonObject? RawBody { get; init; }

    /// <summary>Text instead of any JSON, as a proxy on the way answers; empty for no body at all.</summary>
    public string? RawText { get; init; }

    /// <summary>Headers of the answer, such as <c>Retry-After</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public ArmResponse ToResponse()
    {
        var response = new ArmResponse(Status, RawBody ?? Error.ToEnvelope())
        {
            FromGateway = FromGateway,
            FailureCause = FromGateway ? "gateway" : null,
            RawText = RawText,
        };
        response.Headers.AddRange(Headers);
        return response;
    }
}
