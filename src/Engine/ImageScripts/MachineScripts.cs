using ImageCmdlets.Engine.Generalization;
using ImageCmdlets.Engine.Naming;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;

namespace ImageCmdlets.Engine.ImageScripts;

/// <summary>Runs the user's scripts in one machine, each once.</summary>
/// <remarks>What is under way is known by the run command, what has ended by a tag of the operating system disk: that is what the scripts have
/// changed, and a machine that has been generalized meanwhile cannot be asked. The run command goes when the tag is there: between the
/// two nothing is forgotten.</remarks>
internal sealed class MachineScripts(Operation operation, ImageScriptOptions options)
{
    public const string TagName = OperationTags.Prefix + "scripts";

    /// <summary>For one script and all that is around it.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(2);

    private static readonly GuestCommandPurpose s_purpose = new("imagecmdlets-script", ImageScriptService.OperationName, "Script", TimeSpan.FromMinutes(90));

    private readonly MachineReader _reader = new(operation, options.Id);
    private readonly string[] _hashes = [.. options.Script.Select(script => StableHash.OfText(16, script.Text))];

    /// <exception cref="ImageCmdletsException">VMNotFound, VMNotReady, GuestScriptFailed, ResourceBusy, ResourceAlreadyExists, or what Azure refused.</exception>
    public async Task RunAsync()
    {
        using var progress = new StepProgress(operation, _reader.Id.Text, $"Running scripts in {_reader.Id.Name}");
        progress.Begin("Azure", 0);
        Machine machine = await _reader.WaitUntilSettledAsync(progress.Waiting).ConfigureAwait(false);
        int done = options.Again ? 0 : await DoneAsync(machine).ConfigureAwait(false);
        bool canRun = machine.IsRunning && !machine.IsGeneralized;
        if (done < _hashes.Length && !canRun)
        {
            throw new ImageCmdletsException(ErrorIds.VMNotReady,
                $"'{machine.Name}' is {(machine.IsGeneralized ? "generalized" : machine.VM.PowerState?.ToLowerInvariant() ?? "not running")}: nothing can be run in it.", machine.Id);
        }

        var inquiry = new GuestInquiry(operation, _reader, s_purpose, progress.Waiting);
        for (int i = 0; i < _hashes.Length; i++)
        {
            progress.Begin(options.Script[i].Name, 10 + (80 * i / _hashes.Length));
            GuestCommandView? view = i < done ? null : await RunAsync(machine, inquiry, i).ConfigureAwait(false);
            await operation.WriteAsync(Result(machine, options.Script[i], view)).ConfigureAwait(false);
        }

        if (canRun)
            await inquiry.RemoveIfThereAsync().ConfigureAwait(false);
    }

    private async Task<GuestCommandView> RunAsync(Machine machine, GuestInquiry inquiry, int index)
    {
        ImageScript script = options.Script[index];
        string step = $"Script{index + 1}-{_hashes[index]}";
        GuestCommandView view = await inquiry.TakeOverAsync(step).ConfigureAwait(false) ?? await inquiry.AnswerAsync(machine, script.Text, step: step).ConfigureAwait(false);
        if (view.IsGood)
        {
            await KeepMarkAsync(machine, index + 1).ConfigureAwait(false);
            return view;
        }

        await inquiry.RemoveAsync().ConfigureAwait(false);
        await operation.WriteAsync(Result(machine, script, view)).ConfigureAwait(false);
        throw new ImageCmdletsException(ErrorIds.GuestScriptFailed,
            $"'{script.Name}' ended in '{machine.Name}' as {view}{(view.ExitCode is { } code ? $" with exit code {code}" : string.Empty)}. {view.ShortenedError()}".TrimEnd(), machine.Id);
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

    /// <summary>How many of the scripts, from the first on, have ended well.</summary>
    private async Task<int> DoneAsync(Machine machine)
    {
        string? mark = machine.OSDiskId is { } disk ? await ResourceTags.FindAsync(operation, disk, TagName).ConfigureAwait(false) : null;
        return mark is null ? 0 : Enumerable.Range(1, _hashes.Length).FirstOrDefault(count => Mark(count) == mark);
    }

    private string Mark(int count) => StableHash.Of(32, [.. _hashes.Take(count)]);

    // Without the right to tag the disk everything works but knowing it the next time.
    private async Task KeepMarkAsync(Machine machine, int count)
    {
        if (machine.OSDiskId is not { } disk)
            return;

        try
        {
            await ResourceTags.MergeAsync(operation, disk, [new(TagName, Mark(count))]).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception)
        {
            operation.Warning($"It cannot be kept with the disk of '{machine.Name}' that the script has run; the same command would run it again: {exception.Message}");
        }
    }
}
