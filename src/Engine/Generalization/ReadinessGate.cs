using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Readiness;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>Looks whether a machine is ready before anything is changed in it: what sysprep would stumble over half-way leaves a
/// machine that is neither the one nor the other.</summary>
internal sealed class ReadinessGate(Operation operation, ResourceId vm, GeneralizeTimeline timeline)
{
    public const string StepName = "Readiness";

    // The guest step itself waits for an agent, and says what is wrong with it.
    private static readonly HashSet<string> s_saidLater = new(StringComparer.Ordinal) { "Azure.AgentNotReady", "Azure.GuestSilent", "Azure.VMNotRunning" };

    /// <exception cref="ImageCmdletsException">VMNotReadyToGeneralize.</exception>
    public Task RequireAsync() => timeline.RunAsync(StepName, 2, async () =>
    {
        var inspection = new ReadinessInspection(operation, new TestReadinessOptions { Id = vm.Text });
        ImageReadiness readiness = await inspection.RunAsync(static (_, _) => { }, timeline.Waiting).ConfigureAwait(false);
        ImageFinding[] errors = [.. readiness.Finding.Where(IsInTheWay)];
        if (errors.Length > 0)
            throw Refuse(errors);

        int warnings = readiness.Finding.Count(finding => finding.Severity == FindingSeverity.Warning);
        foreach (ImageFinding finding in readiness.Finding.Where(finding => finding.Severity == FindingSeverity.Warning))
            operation.Verbose($"{vm.Name}: {finding} {finding.Evidence}");
        return (GeneralizeTimeline.Succeeded, warnings == 0 ? "Nothing stands against it." : $"{warnings} warnings; Test-ImageReadiness shows them.");
    });

    // A guest that an interrupted run has generalized already is what is wanted.
    private static bool IsInTheWay(ImageFinding finding) => finding.Severity == FindingSeverity.Error && !s_saidLater.Contains(finding.RuleId)
        && finding.Evidence?.Contains(GuestJudge.GeneralizedImageState) != true;

    private ImageCmdletsException Refuse(ImageFinding[] errors)
    {
        string found = string.Join("; ", errors.Select(finding => finding.Evidence is { Length: > 0 } evidence ? $"{finding} ({evidence})" : finding.ToString()));
        // Most rules say themselves when to run it again.
        string? fix = errors.Length == 1 && errors[0].Fix is { } only
            ? $"{only} {(only.IndexOf("run Invoke-Generalize again", StringComparison.Ordinal) < 0 ? "Then run the command again, or" : "Or")} pass -SkipReadiness." : null;
        return new ImageCmdletsException(ErrorIds.VMNotReadyToGeneralize, $"'{vm.Name}' is not ready to be generalized, and nothing was changed: {found}", vm.Text, fix);
    }
}
