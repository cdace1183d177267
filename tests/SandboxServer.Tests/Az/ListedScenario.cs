namespace ImageCmdlets.SandboxServer.Tests.Az;

/// <summary>The day of <see cref="ListedCommands"/>.</summary>
public sealed class ListedScenario() : AzScenario(ListedCommands.All);
