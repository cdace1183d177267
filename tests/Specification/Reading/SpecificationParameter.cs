using NSwag;

namespace ImageCmdlets.Tests.Specification;

/// <summary>One parameter of an operation.</summary>
/// <param name="Name">Its name on the wire; of a body, the name by which examples give it.</param>
/// <param name="Place">Where it stands: path, query, header or body.</param>
/// <param name="IsRequired">Whether a request must have it.</param>
/// <param name="Schema">Its rules.</param>
public sealed record SpecificationParameter(string Name, OpenApiParameterKind Place, bool IsRequired, SchemaNode Schema);
