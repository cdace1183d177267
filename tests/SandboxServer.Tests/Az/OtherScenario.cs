namespace ImageCmdlets.SandboxServer.Tests.Az;

/// <summary>What <see cref="OtherCommands"/> do.</summary>
public sealed class OtherScenario() : AzScenario(OtherCommands.All);
