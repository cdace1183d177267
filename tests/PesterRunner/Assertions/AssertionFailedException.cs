namespace ImageCmdlets.PesterRunner.Assertions;

/// <summary>An assertion of a spec did not hold.</summary>
public sealed class AssertionFailedException(string message) : Exception(message);
