namespace ImageCmdlets.Tests.Specification;

/// <summary>Fails the run of a test assembly over what no single test was blamed for.</summary>
/// <remarks>Work that a runspace does on a thread of its own belongs to no test that xUnit knows of.</remarks>
public sealed class SpecificationCheckFixture : IDisposable
{
    /// <inheritdoc />
    public void Dispose()
    {
        try
        {
            SpecificationWatch.ThrowIfViolated();
        }
        catch (SpecificationViolatedException violated)
        {
            // Of what fails a clean-up the runner shows the type only, and nothing that is written.
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "specification-violations.txt"), violated.Message);
            throw;
        }
    }
}
