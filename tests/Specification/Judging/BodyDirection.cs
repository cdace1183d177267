namespace ImageCmdlets.Tests.Specification;

/// <summary>Which way a body goes: what is required, and what may be shown, depends on it.</summary>
public enum BodyDirection
{
    /// <summary>From a client.</summary>
    Request,

    /// <summary>From a client that changes what is there (PATCH): what it does not name stays as it is, so nothing is required.</summary>
    Change,

    /// <summary>From the service.</summary>
    Answer,
}
