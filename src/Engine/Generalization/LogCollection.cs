using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>Reads the logs of one machine that are asked for, one after the other.</summary>
internal sealed class LogCollection(Operation operation, GetGeneralizeLogOptions options)
{
    private readonly MachineReader _reader = new(operation, options.Id);

    /// <exception cref="ImageCmdletsException">As <see cref="GeneralizeLogService.GetAsync"/>.</exception>
    public async Task RunAsync()
    {
        using var progress = new StepProgress(operation, _reader.Id.Text, $"Reading logs of {_reader.Id.Name}");
        progress.Begin("Azure", 0);
        Machine machine = await _reader.WaitUntilSettledAsync(progress.Waiting).ConfigureAwait(false);
        if (!machine.IsRunning || machine.IsGeneralized)
            throw NotReadable(machine);

        var inquiry = new GuestInquiry(operation, _reader, GuestLogReader.Purpose, progress.Waiting);
        var reader = new GuestLogReader(inquiry, machine, options.MaximumLength, (log, have, all) =>
            progress.Begin($"{log}, {have:N0} of {all:N0} bytes", all == 0 ? 100 : (int)(100L * have / all)));
        foreach (GeneralizeLogName log in options.Log.Count > 0 ? options.Log.Distinct() : GuestLogs.Usual(machine.IsWindows))
        {
            progress.Begin(log.ToString(), 0);
            if (GuestLogs.Has(machine.IsWindows, log))
                await ReadAsync(reader, machine, log).ConfigureAwait(false);
            else
                await operation.ErrorAsync(Foreign(machine, log)).ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(GuestLogReader reader, Machine machine, GeneralizeLogName log)
    {
        if (await reader.ReadAsync(log).ConfigureAwait(false) is not { } file)
        {
            await operation.ErrorAsync(new ImageCmdletsException(ErrorIds.FileNotFound, $"'{machine.Name}' has no log {log}.", machine.Id)).ConfigureAwait(false);
            return;
        }

        if (file.IsTruncated)
        {
            operation.Warning($"{log} of '{machine.Name}' has {file.Length:N0} bytes; only the last {file.Bytes.Length:N0} were read. "
                + "-MaximumLength sets how many.");
        }

        await operation.WriteAsync(new GeneralizeLog(machine.Id)
        {
            Log = log, Path = file.Path, Text = file.ReadText(), Length = file.Length, LastWriteTime = file.Modified, IsTruncated = file.IsTruncated,
        }).ConfigureAwait(false);
    }

    private static ImageCmdletsException NotReadable(Machine machine) => machine.IsGeneralized
        ? new ImageCmdletsException(ErrorIds.VMNotReady, $"'{machine.Name}' is generalized and cannot be started: its logs cannot be read.", machine.Id,
            "Bring it back with Restore-ImageSnapshot -ToVM, or look at a copy of its disk in another machine.")
        : new ImageCmdletsException(ErrorIds.VMNotReady,
            $"'{machine.Name}' is {machine.VM.PowerState?.ToLowerInvariant() ?? "not running"}: its logs cannot be read.", machine.Id, "Start it with Start-ImageVM.");

    private static ImageCmdletsException Foreign(Machine machine, GeneralizeLogName log) =>
        new(ErrorIds.OSTypeMismatch, $"'{machine.Name}' is a {machine.VM.OSType} machine and has no log {log}.", machine.Id);
}
