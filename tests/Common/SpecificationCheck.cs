using System.Runtime.CompilerServices;
using ImageCmdlets.Tests.Specification;

[assembly: SpecificationCheck]
[assembly: AssemblyFixture(typeof(SpecificationCheckFixture))]

namespace ImageCmdlets.Tests;

/// <summary>Watches all sandboxes of the test assembly.</summary>
file static class SpecificationCheck
{
    // Before any test and any fixture, so that no sandbox is missed.
    [ModuleInitializer]
    internal static void Watch() => SpecificationWatch.Start();
}
