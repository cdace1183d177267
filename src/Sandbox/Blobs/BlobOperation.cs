namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>An operation of the blob service.</summary>
/// <param name="Name">Operation id of the service's own swagger, such as <c>PageBlob_UploadPages</c>.</param>
/// <param name="Level">What it works on, as an account's signature names it: <c>s</c> service, <c>c</c> container, <c>o</c> object.</param>
/// <param name="Permission">The letter that a signature must have.</param>
/// <param name="Handler">Makes the answer, or throws a <see cref="BlobException"/> before it has changed anything.</param>
internal sealed record BlobOperation(string Name, char Level, char Permission, Func<BlobRequest, BlobAnswer> Handler)
{
    /// <summary>Whether the permission to create is enough for what is not there yet.</summary>
    public bool Creates { get; init; }

    /// <summary>Whether the pages of a managed disk can be reached by it.</summary>
    public bool OnDisks { get; init; }

    /// <summary>Whether it changes anything.</summary>
    public bool Writes => Permission is 'w' or 'd' or 'c';
}
