namespace ImageCmdlets.Engine.Tests;

/// <summary>Tests that run when no other does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "Alone";
}
