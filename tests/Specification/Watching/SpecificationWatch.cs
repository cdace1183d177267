namespace ImageCmdlets.Tests.Specification;

/// <summary>
/// The watch of this process: over every sandbox in it, over sandboxes in the processes that its tests start, and over the engine
/// where a test answers it in a sandbox's place (<see cref="WatchedHandler"/>).
/// </summary>
public static class SpecificationWatch
{
    // The sandbox's name for its listener (ArmSandbox.ExchangeListener). It may live in a load context of its own, so only types of
    // the runtime are shared with it.
    private const string Listener = "ImageCmdlets.Sandbox.ExchangeListener";

    private static ChildProcesses? s_children;

    /// <summary>What was found; null when the specification is not there.</summary>
    public static ExchangeWatch? Current { get; private set; }

    /// <summary>Starts watching, when the specification is there.</summary>
    public static void Start()
    {
        if (SpecificationFolder.Find() is null) return;
        Current = new ExchangeWatch(static () => new ExchangeJudge(SpecificationLibrary.Shared!));
        s_children = new ChildProcesses(Current);
        foreach ((string name, string value) in s_children.Environment) Environment.SetEnvironmentVariable(name, value);
        AppDomain.CurrentDomain.SetData(
            Listener,
            new Action<string, Uri, IReadOnlyDictionary<string, string>, byte[], int, IReadOnlyList<KeyValuePair<string, string>>, byte[]>(
                static (method, address, headers, body, status, answerHeaders, answerBody) => Current.Hear(
                    new Exchange(method, address, headers, body, status, answerHeaders, answerBody))));
    }

    /// <summary>Judges what the processes of the tests left behind, and tells everything that nobody was told.</summary>
    /// <param name="report">Where the numbers and the violations are written.</param>
    /// <exception cref="SpecificationViolatedException">There is something.</exception>
    public static void End(string report)
    {
        if (Current is null) return;
        s_children!.HearAll();
        string violations = "no violations but those that failed a test";
        try
        {
            Current.ThrowIfViolated();
        }
        catch (SpecificationViolatedException violated)
        {
            violations = violated.Message;
            throw;
        }
        finally
        {
            // Of what fails a clean-up the runner shows the type only, and nothing that is written.
            File.WriteAllText(report, $"{Current.Counts}\n{violations}\n");
        }
    }
}
