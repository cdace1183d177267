namespace ImageCmdlets;

/// <summary>What sysprep itself calls a line of its log.</summary>
public enum SysprepLogLevel
{
    Information,
    Warning,
    Error,
}
