namespace ImageCmdlets.Sandbox.Faults;

/// <summary>What faults know of a request.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path without query; of a blob its account, container and name, whatever the form of its address.</param>
/// <param name="Operation">Operation id of the swagger; null when no operation fits the request.</param>
/// <param name="Action">Permission needed; null for blobs.</param>
/// <param name="Location">Finds the region, short form, of what the request is about; asked only when a fault wants to know.</param>
internal sealed record FaultTarget(string Method, string Path, string? Operation, string? Action, Func<string?> Location);
