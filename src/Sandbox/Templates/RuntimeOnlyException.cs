namespace ImageCmdlets.Sandbox.Templates;

/// <summary>An expression has a value only while the deployment runs: <c>reference</c>.</summary>
internal sealed class RuntimeOnlyException(string function) : Exception($"{function} is evaluated at run time.")
{
    public string Function { get; } = function;
}
