using ImageCmdlets.Engine.Generalization;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Readiness;

/// <summary>Asks the guest what only the guest knows.</summary>
internal sealed class GuestInspection(Operation operation, MachineReader reader, Action<TimeSpan> onWait)
{
    private readonly GuestInquiry _command = new(operation, reader, Purpose, onWait);

    /// <summary>The run command of this subject.</summary>
    public static GuestCommandPurpose Purpose { get; } = new("imagecmdlets-readiness", "Test-ImageReadiness", "Inspect", ReadinessLimits.Script);

    /// <exception cref="ImageCmdletsException">ResourceAlreadyExists, ResourceBusy, or what Azure refused.</exception>
    public async Task<GuestReadiness> RunAsync(Machine machine)
    {
        if (machine.IsGeneralized)
            return GuestReadiness.NotAsked("The machine is generalized.");
        if (!machine.IsRunning)
            return GuestReadiness.NotAsked($"The machine is {machine.VM.PowerState?.ToLowerInvariant() ?? "not running"}.");

        try
        {
            string script = GuestScript.Read("Readiness.Scripts." + (machine.IsWindows ? "windows-readiness.ps1" : "linux-readiness.sh"));
            Watched<GuestCommandView?> watched = await _command.ResumeAsync(machine, script).ConfigureAwait(false);
            if (!watched.Reached)
            {
                return GuestReadiness.Silent("Azure.GuestSilent",
                    $"The guest did not answer within {_command.Limit.TotalMinutes:0} minutes (the run command says {watched.Last}).");
            }

            if (watched.Last is not null)
                await _command.RemoveAsync().ConfigureAwait(false);
            return Judge(watched.Last);
        }
        catch (ImageCmdletsException exception) when (exception.ErrorId == ErrorIds.VMNotReady)
        {
            return GuestReadiness.Silent("Azure.AgentNotReady", exception.Message);
        }
        catch (ImageCmdletsException exception) when (exception.ErrorId == ErrorIds.VMExtensionFailed)
        {
            await _command.RemoveAsync().ConfigureAwait(false);
            return GuestReadiness.Silent("Azure.GuestSilent", exception.Message);
        }
    }

    private static GuestReadiness Judge(GuestCommandView? view)
    {
        if (view is null)
            return GuestReadiness.Silent("Azure.GuestSilent", "Somebody removed the run command before it had answered.");
        if (GuestReadinessReport.Find(view.Output) is { } report)
            return GuestReadiness.Of(report);

        return GuestReadiness.Silent("Azure.GuestSilent", $"The script ended as {view.ExecutionState} with exit code {view.ExitCode} and did not report. {view.ShortenedError()}".Trim());
    }
}
