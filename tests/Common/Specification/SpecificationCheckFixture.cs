using System.Runtime.CompilerServices;
using ImageCmdlets.Tests;
using ImageCmdlets.Tests.Specification;

[assembly: SpecificationCheck]
[assembly: AssemblyFixture(typeof(SpecificationCheckFixture))]

namespace ImageCmdlets.Tests;

/// <summary>Watches all sandboxes of the test assembly, and fails its run over what no single test was blamed for.</summary>
public sealed class SpecificationCheckFixture : IDisposable
{
    /// <summary>Work that a runspace does on a thread of its own belongs to no test that xUnit knows of.</summary>
    public void Dispose()
    {
        if (SpecificationWatch.Tell() is { } violations) Assert.Fail(violations);
    }

    // Before any test and any fixture, so that no sandbox is missed.
    [ModuleInitializer]
    internal static void Watch() => SpecificationWatch.Start(static () => TestContext.Current.Test?.TestDisplayName);
}
