using System.Globalization;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Fleets;

/// <summary>One bar for a whole fleet.</summary>
/// <param name="operation">The running command.</param>
/// <param name="options">The fleet.</param>
/// <param name="total">How many machines it is to have.</param>
internal sealed class FleetProgress(Operation operation, NewFleetOptions options, int total)
{
    private readonly DateTimeOffset _begin = operation.Clock.UtcNow;
    private readonly OperationProgress _record = new(
        StepProgress.ActivityIdOf($"{options.Machine.ResourceGroupName}/{options.NamePrefix}"), $"Making {total} virtual machines '{options.NamePrefix}*'", "Beginning");

    private int _ready;
    private int _failed;

    /// <summary>A machine is ready.</summary>
    public void Ready(string name) => Report(name, Interlocked.Increment(ref _ready), _failed);

    /// <summary>A machine could not be made.</summary>
    public void Failed(string name) => Report(name, _ready, Interlocked.Increment(ref _failed));

    /// <summary>The bar goes.</summary>
    public void End() => operation.Progress(_record with { Status = "Done", Completed = true });

    private void Report(string name, int ready, int failed)
    {
        int done = ready + failed;
        double seconds = (operation.Clock.UtcNow - _begin).TotalSeconds;
        string failures = failed == 0 ? string.Empty : $", {failed.ToString(CultureInfo.InvariantCulture)} failed";
        operation.Progress(_record with
        {
            Status = $"{ready.ToString(CultureInfo.InvariantCulture)} of {total.ToString(CultureInfo.InvariantCulture)} ready{failures}: {name}",
            PercentComplete = done * 100 / total,
            SecondsRemaining = (int)(seconds / done * (total - done)),
        });
    }
}
