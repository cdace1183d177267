using System.Globalization;
using NSwag;

namespace ImageCmdlets.Tests.Specification;

/// <summary>One operation of the specification: what a request may hold, and what an answer must.</summary>
public sealed class SpecificationOperation
{
    private readonly Lazy<Content> _content;

    internal SpecificationOperation(SpecificationDocument document, string method, SpecificationPath path, string id)
    {
        Document = document;
        Method = method;
        Path = path;
        Id = id;
        _content = new Lazy<Content>(Read);
    }

    /// <summary>The file that declares it.</summary>
    public SpecificationDocument Document { get; }

    /// <summary>HTTP method in upper case.</summary>
    public string Method { get; }

    /// <summary>Its path.</summary>
    public SpecificationPath Path { get; }

    /// <summary>Its id, such as <c>Disks_CreateOrUpdate</c>.</summary>
    public string Id { get; }

    /// <summary>Parameters of path, query and header.</summary>
    public IReadOnlyList<SpecificationParameter> Parameters => _content.Value.Parameters;

    /// <summary>The parameter that is the request's body; null when there is none.</summary>
    public SpecificationParameter? Body => _content.Value.Body;

    /// <summary>Rules of the answers by status; a null rule: the answer has no body.</summary>
    public IReadOnlyDictionary<int, SchemaNode?> Answers => _content.Value.Answers;

    /// <summary>Rules of a refusal; null when the specification does not say.</summary>
    public SchemaNode? Refusal => _content.Value.Refusal;

    /// <summary>Microsoft's examples.</summary>
    public IReadOnlyList<SpecificationExample> Examples => _content.Value.Examples;

    /// <inheritdoc />
    public override string ToString() => $"{Id} {Document.Version}";

    private Content Read()
    {
        OpenApiOperation operation = Document.Read(Path.Text, Method);
        SpecificationParameter[] parameters = [.. operation.ActualParameters.Select(p => new SpecificationParameter(
            p.Name,
            p.Kind,
            p.IsRequired,
            Document.Compile(p.Kind == OpenApiParameterKind.Body ? p.Schema! : p)))];
        var answers = new Dictionary<int, SchemaNode?>();
        SchemaNode? refusal = null;
        foreach ((string status, OpenApiResponse response) in operation.Responses)
        {
            SchemaNode? schema = response.ActualResponse.Schema is { } present ? Document.Compile(present) : null;
            if (status == "default") refusal = schema;
            else answers[int.Parse(status, CultureInfo.InvariantCulture)] = schema;
        }

        return new Content(
            [.. parameters.Where(static p => p.Place != OpenApiParameterKind.Body)],
            Array.Find(parameters, static p => p.Place == OpenApiParameterKind.Body),
            answers,
            refusal,
            SpecificationExample.Of(this, operation.ExtensionData));
    }

    private sealed record Content(
        IReadOnlyList<SpecificationParameter> Parameters,
        SpecificationParameter? Body,
        IReadOnlyDictionary<int, SchemaNode?> Answers,
        SchemaNode? Refusal,
        IReadOnlyList<SpecificationExample> Examples);
}
