namespace ImageCmdlets.Engine.Access;

/// <summary>One right that an operation needs.</summary>
/// <param name="Action">Such as <c>Microsoft.Compute/images/read</c>.</param>
/// <param name="Scope">Where.</param>
/// <param name="Purpose">What for.</param>
/// <param name="IsLinked">Whether the request that needs it only names the scope.</param>
/// <param name="IsOfTarget">Whether the session of the target needs it.</param>
internal sealed record NeededRight(string Action, string Scope, string Purpose, bool IsLinked = false, bool IsOfTarget = false)
{
    /// <summary>Whether the operation fails without it.</summary>
    public bool IsRequired { get; init; } = true;
}
