using ImageCmdlets.Engine.Generalization;
using ImageCmdlets.Engine.Naming;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;

namespace ImageCmdlets.Engine.ImageScripts;

/// <summary>Runs the user's scripts in one machine, each once.</summary>
/// <remarks>What is under way or has just ended is known by the run command, what has ended altogether by a tag of the operating system disk: that
/// is what the scripts have changed, and a machine that has been generalized meanwhile cannot be asked.</remarks>
internal sealed class MachineScripts(Operation operation, ImageScriptOptions options)
{
    public const string TagName = OperationTags.Prefix + "scripts";

    /// <summary>For one script and all that is around it.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(2);

    private static readonly GuestCommandPurpose s_purpose = new("imagecmdlets-script", ImageScriptService.OperationName, "Script", TimeSpan.FromMinutes(90));

    private readonly MachineReader _reader = new(operation, options.Id);
    private readonly string[] _steps = [.. options.Script.Select((script, index) => $"Script{index + 1}-{StableHash.OfText(16, script.Text)}")];

    private string Mark => StableHash.Of(32, _steps);

    /// <exception cref="ImageCmdletsException">VMNotFound, VMNotReady, GuestScriptFailed, ResourceBusy, ResourceAlreadyExists, or what Azure refused.</exception>
    public async Task RunAsync()
    {
        using var progress = new StepProgress(operation, _reader.Id.Text, $"Running scripts in {_reader.Id.Name}");
        progress.Begin("Azure", 0);
        Machine machine = await _reader.WaitUntilSettledAsync(progress.Waiting).ConfigureAwait(false);
        if (!options.Again && await IsDoneAsync(machine).ConfigureAwait(false))
        {
            foreach (ImageScript script in options.Script)
                await operation.WriteAsync(Result(machine, script, null)).ConfigureAwait(false);
            return;
        }

        if (!machine.IsRunning || machine.IsGeneralized)
        {
            throw new ImageCmdletsException(ErrorIds.VMNotReady,
                $"'{machine.Name}' is {(machine.IsGeneralized ? "generalized" : machine.VM.PowerState?.ToLowerInvariant() ?? "not running")}: nothing can be run in it.", machine.Id);
        }

        await RunAsync(machine, new GuestInquiry(operation, _reader, s_purpose, progress.Waiting), progress).ConfigureAwait(false);
        await KeepMarkAsync(machine).ConfigureAwait(false);
    }

    // The one at which an interrupted run was says that those before it had ended well.
    private async Task RunAsync(Machine machine, GuestInquiry inquiry, StepProgress progress)
    {
        string? earlier = await inquiry.FindStepAsync().ConfigureAwait(false);
        int first = Math.Max(0, Array.IndexOf(_steps, earlier));
        for (int i = 0; i < options.Script.Count; i++)
        {
            ImageScript script = options.Script[i];
            if (i < first)
            {
                await operation.WriteAsync(Result(machine, script, null)).ConfigureAwait(false);
                continue;
            }

            progress.Begin(script.Name, 10 + (80 * i / options.Script.Count));
            GuestCommandView view = await inquiry.TakeOverAsync(_steps[i]).ConfigureAwait(false)
                ?? await inquiry.AskAsync(machine, script.Text, step: _steps[i]).ConfigureAwait(false);
            await operation.WriteAsync(Result(machine, script, view)).ConfigureAwait(false);
            if (!view.IsGood)
            {
                throw new ImageCmdletsException(ErrorIds.GuestScriptFailed,
                    $"'{script.Name}' ended in '{machine.Name}' as {view}{(view.ExitCode is { } code ? $" with exit code {code}" : string.Empty)}. {view.ShortenedError()}".TrimEnd(), machine.Id);
            }
        }
    }

    // Without a view it had ended well before.
    private static ImageScriptResult Result(Machine machine, ImageScript script, GuestCommandView? view) => new(machine.Id)
    {
        Script = script.Name,
        State = view is null ? "Skipped" : view.IsGood ? "Succeeded" : "Failed",
        Location = machine.VM.Location,
        Tag = machine.VM.Tag,
        ExitCode = view?.ExitCode,
        Output = view?.Output ?? string.Empty,
        ErrorOutput = view?.Error ?? string.Empty,
        Elapsed = view?.EndTime - view?.StartTime,
    };

    private async Task<bool> IsDoneAsync(Machine machine) =>
        machine.OSDiskId is { } disk && await ResourceTags.FindAsync(operation, disk, TagName).ConfigureAwait(false) == Mark;

    // Without the right to tag the disk everything works but knowing it the next time.
    private async Task KeepMarkAsync(Machine machine)
    {
        if (machine.OSDiskId is not { } disk)
            return;

        try
        {
            await ResourceTags.MergeAsync(operation, disk, [new(TagName, Mark)]).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception)
        {
            operation.Warning($"It cannot be kept with the disk of '{machine.Name}' that the scripts have run; the same command would run them again: {exception.Message}");
        }
    }
}
