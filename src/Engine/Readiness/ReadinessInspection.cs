using ImageCmdlets.Engine.Generalization;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Readiness;

/// <summary>Looks at one machine from outside and from inside. It changes nothing; the run command that it needs is taken away again.</summary>
internal sealed class ReadinessInspection(Operation operation, TestReadinessOptions options)
{
    private readonly MachineReader _reader = new(operation, options.Id);

    /// <exception cref="ImageCmdletsException">VMNotFound, InvalidArgument, ResourceBusy, ResourceAlreadyExists, or what Azure refused.</exception>
    public async Task<ImageReadiness> RunAsync()
    {
        using var progress = new StepProgress(operation, _reader.Id.Text, $"Checking {_reader.Id.Name}");
        return await RunAsync(progress.Begin, progress.Waiting).ConfigureAwait(false);
    }

    /// <summary>As a part of something else, which shows its own progress.</summary>
    /// <param name="onStep">Told what is looked at, and the percent of the way.</param>
    /// <param name="onWait">Told how long it has been waited for.</param>
    public async Task<ImageReadiness> RunAsync(Action<string, int> onStep, Action<TimeSpan> onWait)
    {
        DateTimeOffset begin = operation.Clock.UtcNow;
        onStep("Azure", 0);
        Machine machine = await _reader.WaitUntilSettledAsync(onWait).ConfigureAwait(false);
        ReadinessChecks.RequireFit(options.Check, machine);
        AzureFacts facts = await AzureFacts.ReadAsync(operation, machine).ConfigureAwait(false);
        var result = new ReadinessResult(machine);
        foreach (ReadinessCheckName check in ReadinessChecks.Azure.Where(IsWanted))
            result.Add(check, AzureChecks.ReasonToSkip(check, facts), AzureChecks.Make(check, facts));

        ReadinessCheckName[] inGuest = [.. ReadinessChecks.Guest(machine.IsWindows).Where(IsWanted)];
        if (inGuest.Length > 0)
        {
            onStep("Guest", 20);
            GuestReadiness guest = options.SkipInGuest
                ? GuestReadiness.NotAsked("-SkipInGuest")
                : await new GuestInspection(operation, _reader, onWait).RunAsync(machine).ConfigureAwait(false);
            result.AddGuest(inGuest, guest);
        }

        return result.Build(operation.Clock.UtcNow - begin);
    }

    private bool IsWanted(ReadinessCheckName check) => options.Check.Count == 0 || options.Check.Contains(check);
}
