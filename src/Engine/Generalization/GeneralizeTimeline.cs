using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>Runs the steps of one machine's generalization and keeps what each came to; every step shows while it runs.</summary>
internal sealed class GeneralizeTimeline(Operation operation, ResourceId machine) : IDisposable
{
    public const string Succeeded = nameof(Succeeded);
    public const string Failed = nameof(Failed);
    public const string Skipped = nameof(Skipped);
    public const string Unverified = nameof(Unverified);

    private readonly List<GeneralizeStep> _steps = [];
    private readonly StepProgress _progress = new(operation, machine.Text, $"Generalizing {machine.Name}");

    /// <summary>Goes on after what was done before, for this machine's sake, elsewhere.</summary>
    public void Follow(IEnumerable<GeneralizeStep> steps) => _steps.InsertRange(0, steps);

    /// <summary>What has been done so far, in order.</summary>
    public IReadOnlyList<GeneralizeStep> Steps => [.. _steps];

    /// <summary>Runs a step.</summary>
    /// <param name="name">Its name, for users.</param>
    /// <param name="percent">The share of the usual time that has gone when it begins.</param>
    /// <param name="work">Gives the state and what was seen.</param>
    public async Task RunAsync(string name, int percent, Func<Task<(string State, string? Detail)>> work)
    {
        DateTimeOffset begin = operation.Clock.UtcNow;
        _progress.Begin(name, percent);
        try
        {
            (string state, string? detail) = await work().ConfigureAwait(false);
            Add(new GeneralizeStep(name, state, operation.Clock.UtcNow - begin, detail));
        }
        catch (ImageCmdletsException exception)
        {
            Add(new GeneralizeStep(name, Failed, operation.Clock.UtcNow - begin, exception.Message));
            throw;
        }
    }

    /// <summary>A step that need not be done.</summary>
    public void Skip(string name, string why) => Add(new GeneralizeStep(name, Skipped, TimeSpan.Zero, why));

    /// <summary>The step that runs still goes on.</summary>
    public void Waiting(TimeSpan elapsed) => _progress.Waiting(elapsed);

    public void Dispose() => _progress.Dispose();

    private void Add(GeneralizeStep step)
    {
        _steps.Add(step);
        operation.Verbose($"{machine.Name}: {step.Name}: {step.State} after {step.Elapsed.TotalSeconds:0} s. {step.Detail}");
    }
}
