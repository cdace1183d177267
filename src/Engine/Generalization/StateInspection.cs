using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>Reads how far one machine is with being generalized. It changes nothing; the run command that it needs is taken away again.</summary>
internal sealed class StateInspection(Operation operation, GetGeneralizeStateOptions options)
{
    /// <summary>The run command of this subject.</summary>
    public static readonly GuestCommandPurpose OwnPurpose = new("imagecmdlets-state", "Get-GeneralizeState", "Read", TimeSpan.FromMinutes(3));

    private readonly MachineReader _reader = new(operation, options.Id);

    /// <summary>The run command that asks the guest; who asks on the way to something else has one of its own.</summary>
    public GuestCommandPurpose Purpose { get; init; } = OwnPurpose;

    /// <summary>The script that tells the state of this kind of system.</summary>
    public static string ScriptFor(Machine machine) => GuestScript.Read("Generalization.Scripts." + (machine.IsWindows ? "windows-state.ps1" : "linux-state.sh"));

    /// <exception cref="ImageCmdletsException">VMNotFound, ResourceBusy, ResourceAlreadyExists, or what Azure refused.</exception>
    public async Task<GeneralizeState> RunAsync()
    {
        using var progress = new StepProgress(operation, _reader.Id.Text, $"Reading the state of {_reader.Id.Name}");
        progress.Begin("Azure", 0);
        Machine machine = await _reader.ReadAsync().ConfigureAwait(false);
        DateTimeOffset? proven = await new GuestProof(operation, machine).FindAsync().ConfigureAwait(false);
        progress.Begin("Guest", 20);
        GuestStateReport? report = machine.IsRunning && !machine.IsGeneralized && !options.SkipInGuest
            ? await AskAsync(machine, progress.Waiting).ConfigureAwait(false)
            : null;
        return new GeneralizeState(machine.Id)
        {
            Location = machine.VM.Location,
            Tag = machine.VM.Tag,
            ProvisioningState = machine.VM.ProvisioningState,
            OSType = machine.VM.OSType,
            PowerState = machine.VM.PowerState,
            OSState = machine.VM.OSState,
            GuestState = report?.Judge(machine.IsWindows) ?? Proven(machine, proven),
            IsProven = proven is not null,
            ProvenTime = proven,
            ImageState = report?.Text("ImageState"),
            GeneralizationState = report?.Number("GeneralizationState"),
            CleanupState = report?.Number("CleanupState"),
            HasTag = report?.Truth("HasTag"),
            SysprepInProgress = report?.Truth("SysprepInProgress"),
            IsSysprepRunning = report?.Truth("IsSysprepRunning"),
            RearmLeft = report?.Number("RearmLeft"),
            IsAgentProvisioned = report?.Truth("IsAgentProvisioned"),
            HasOvfEnv = report?.Truth("HasOvfEnv"),
            CloudInitInstance = report?.Text("CloudInitInstance"),
            MachineId = report?.Text("MachineId"),
            Job = report?.Text("Job"),
            JobReason = report?.Text("JobReason"),
        };
    }

    private static GuestStateName Proven(Machine machine, DateTimeOffset? proven) => proven is null ? GuestStateName.Unknown
        : machine.IsWindows ? GuestStateName.Generalized : GuestStateName.Deprovisioned;

    // A guest that is being generalized stops its own agent: what Azure knows is an answer, too.
    private async Task<GuestStateReport?> AskAsync(Machine machine, Action<TimeSpan> onWait)
    {
        var inquiry = new GuestInquiry(operation, _reader, Purpose, onWait);
        try
        {
            GuestCommandView view = await inquiry.AskAsync(machine, ScriptFor(machine)).ConfigureAwait(false);
            GuestStateReport? report = GuestStateReport.Find(view.Output);
            if (report is null)
                operation.Warning($"The guest of '{machine.Name}' did not tell its state: the script ended as {view}. {view.ShortenedError()}".TrimEnd());
            return report;
        }
        catch (ImageCmdletsException exception) when (exception.ErrorId is ErrorIds.VMNotReady or ErrorIds.VMExtensionFailed)
        {
            operation.Warning($"The guest of '{machine.Name}' did not tell its state: {exception.Message}");
            return null;
        }
    }
}
