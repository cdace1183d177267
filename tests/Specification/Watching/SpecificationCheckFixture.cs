namespace ImageCmdlets.Tests.Specification;

/// <summary>Fails the run of a test assembly over what no single test was blamed for.</summary>
/// <remarks>
/// Work that a runspace does on a thread of its own, or a process that a test has started, belongs to no test that xUnit knows of.
/// </remarks>
public sealed class SpecificationCheckFixture : IDisposable
{
    /// <summary>Name of the report beside the tests: numbers of all exchanges, and the violations.</summary>
    public const string Report = "specification-watch.txt";

    /// <inheritdoc />
    public void Dispose() => SpecificationWatch.End(Path.Combine(AppContext.BaseDirectory, Report));
}
