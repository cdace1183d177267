using ImageCmdlets.Engine.Generalization;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Readiness;

/// <summary>Mends findings in a guest, each by its own script, and looks at the machine again: only what is no longer found is mended.</summary>
internal sealed class ReadinessMending(Operation operation, TestReadinessOptions options)
{
    private readonly MachineReader _reader = new(operation, options.Id);

    /// <summary>The machine as it is afterwards. What was mended is among the findings, with <see cref="ImageFinding.IsFixed"/>.</summary>
    public async Task<ImageReadiness> RunAsync(IReadOnlyList<ImageFinding> findings)
    {
        DateTimeOffset begin = operation.Clock.UtcNow;
        ReadinessFix[] fixes = [.. findings.Select(ReadinessFixes.Find).OfType<ReadinessFix>()];
        await MendAsync(fixes).ConfigureAwait(false);
        ImageReadiness after = await new ReadinessInspection(operation, options).RunAsync().ConfigureAwait(false);
        IEnumerable<ImageFinding> mended = fixes.Select(fix => fix.Finding)
            .Where(finding => IsMended(finding, after))
            .Select(finding => finding with { IsFixed = true, CanFix = false });
        return new ImageReadiness(after.Id)
        {
            IsReady = after.IsReady,
            Location = after.Location,
            Tag = after.Tag,
            ProvisioningState = after.ProvisioningState,
            OSType = after.OSType,
            PowerState = after.PowerState,
            Finding = [.. after.Finding.Concat(mended).OrderByDescending(finding => finding.Severity)],
            Check = after.Check,
            OmittedCount = after.OmittedCount,
            Elapsed = operation.Clock.UtcNow - begin,
        };
    }

    // Nothing is known of a check that was not made again.
    private static bool IsMended(ImageFinding finding, ImageReadiness after) =>
        after.OmittedCount == 0
        && after.Check.Any(check => check.State != ReadinessCheckState.Skipped && ReadinessChecks.Guest(after.OSType == "Windows").Contains(check.Name))
        && !after.Finding.Any(left => left.RuleId == finding.RuleId && left.Evidence == finding.Evidence);

    private async Task MendAsync(ReadinessFix[] fixes)
    {
        using var progress = new StepProgress(operation, _reader.Id.Text, $"Mending {_reader.Id.Name}");
        var command = new GuestInquiry(operation, _reader, GuestInspection.Purpose, progress.Waiting);
        for (int i = 0; i < fixes.Length; i++)
        {
            ReadinessFix fix = fixes[i];
            progress.Begin(fix.Command, 100 * i / fixes.Length);
            operation.Verbose($"{_reader.Id.Name}: {fix.Command}");
            Machine machine = await _reader.ReadAsync().ConfigureAwait(false);
            Watched<GuestCommandView?> watched = await command
                .RunAsync(machine, fix.Script, ReadinessFixes.Parameters(fix.Finding)!, fix.Finding.RuleId).ConfigureAwait(false);
            if (!watched.Reached || watched.Last is not { ExecutionState: "Succeeded" })
                operation.Warning($"{fix.Finding.RuleId} could not be mended on '{_reader.Id.Name}': {Reason(watched)}");
            if (watched is { Reached: true, Last: not null })
                await command.RemoveAsync().ConfigureAwait(false);
        }
    }

    private static string Reason(Watched<GuestCommandView?> watched)
    {
        if (!watched.Reached)
            return "the guest did not answer.";

        string? text = watched.Last is { Error.Length: > 0 } view ? view.Error : watched.Last?.Message;
        return text?.Trim() is { Length: > 0 } reason ? reason : "the script gave no reason.";
    }
}
