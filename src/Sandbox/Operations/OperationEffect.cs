namespace ImageCmdlets.Sandbox.Operations;

/// <summary>What a kind of operation does to the world when it ends.</summary>
/// <param name="Succeeded">Applied at the end; it may still fail the operation through the context.</param>
internal sealed record OperationEffect(Action<OperationContext> Succeeded)
{
    /// <summary>Applied when it ends Failed. By default the subject's <c>provisioningState</c> becomes Failed.</summary>
    public Action<OperationContext> Failed { get; init; } = static context =>
    {
        if (context.Subject is { } subject) subject.ProvisioningState = "Failed";
    };
}
