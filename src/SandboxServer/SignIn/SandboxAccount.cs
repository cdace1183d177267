namespace ImageCmdlets.SandboxServer.SignIn;

/// <summary>Somebody who can sign in.</summary>
/// <param name="Name">Client id of an application, or name of a user.</param>
/// <param name="Secret">Secret or password; null: any is good.</param>
/// <param name="ObjectId">Id to which roles are assigned.</param>
internal sealed record SandboxAccount(string Name, string? Secret, string ObjectId)
{
    private const string OwnerId = "30000000-0000-4000-8000-000000000001";

    /// <summary>User for whom a device code or a managed identity signs in.</summary>
    public const string OwnerName = "admin@sandbox.example";

    /// <summary>The owner of the sandbox's subscriptions, under whatever name it signs in.</summary>
    public static SandboxAccount Owner(string name) => new(name, null, OwnerId);

    /// <summary>Without the secret.</summary>
    public override string ToString() => Name;
}
