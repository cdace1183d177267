namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>One header of a recorded answer.</summary>
internal sealed record RecordedHeader(string Name, string Value);
