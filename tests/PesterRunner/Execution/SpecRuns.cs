using System.Collections.Concurrent;
using System.Management.Automation;
using ImageCmdlets.PesterRunner.Model;

namespace ImageCmdlets.PesterRunner.Execution;

/// <summary>Runs each spec file once, when the first of its tests is asked for.</summary>
public static class SpecRuns
{
    private static readonly ConcurrentDictionary<string, Lazy<Func<string, SpecResult>>> s_runs = [];

    private static int s_specs;

    /// <summary>How many tests were asked for so far, and of how many files.</summary>
    public static (int Specs, int Files) Counts => (s_specs, s_runs.Count);

    /// <summary>The result of one test; every test of a file that cannot be run has failed with the reason.</summary>
    /// <exception cref="KeyNotFoundException">The run did not find what discovery found: the file changes from run to run.</exception>
    public static SpecResult ResultOf(string file, string id)
    {
        Interlocked.Increment(ref s_specs);
        return s_runs.GetOrAdd(file, path => new(() => Run(path))).Value(id);
    }

    private static Func<string, SpecResult> Run(string file)
    {
        try
        {
            IReadOnlyDictionary<string, SpecResult> results = SpecFile.Run(file);
            return id => results[id];
        }
        catch (RuntimeException exception)
        {
            SpecResult failed = new(SpecOutcome.Failed, [exception.ErrorRecord], "");
            return _ => failed;
        }
    }
}
