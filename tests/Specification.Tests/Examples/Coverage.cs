using System.Text.RegularExpressions;
using ImageCmdlets.Sandbox;
using ImageCmdlets.Tests.Specification;

namespace ImageCmdlets.Specification.Tests.Examples;

/// <summary>Which operations of the specification the sandbox has.</summary>
internal static partial class Coverage
{
    private static readonly HashSet<string> s_registered = Registered();

    /// <summary>Whether the sandbox has an operation, by method and path.</summary>
    public static bool Has(SpecificationOperation operation) => s_registered.Contains(Key(operation.Method, operation.Path.Text));

    private static HashSet<string> Registered()
    {
        using var sandbox = new ArmSandbox(new SandboxOptions());
        return [.. sandbox.World.Registry.Operations.Select(static operation => Key(operation.Method, operation.Template.Text))];
    }

    // Names of parameters are free; a scope may be any number of segments.
    private static string Key(string method, string path)
    {
        string scoped = path.Replace("{*scope}", "{scope}", StringComparison.Ordinal);
        return $"{method} {Parameter().Replace(scoped, static match => match.Value == "{scope}" ? match.Value : "{}").Trim('/').ToUpperInvariant()}";
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
