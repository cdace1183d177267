namespace ImageCmdlets.SandboxServer.Tests.Az;

/// <summary>A server with nothing in it, and az signed in.</summary>
public sealed class EmptyAzSession : AzSession;
