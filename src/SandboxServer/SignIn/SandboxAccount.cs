namespace ImageCmdlets.SandboxServer.SignIn;

/// <summary>Everybody who signs in is the owner of the sandbox's subscriptions.</summary>
internal static class SandboxAccount
{
    public const string ObjectId = "30000000-0000-4000-8000-000000000001";
    public const string UserName = "admin@sandbox.example";
}
