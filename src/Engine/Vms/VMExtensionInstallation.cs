using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Core;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Vms;

/// <summary>Installs the extensions of one machine, one after the other, as far as they are missing.</summary>
/// <remarks>Step by step, so that one branch can look after the machines of a whole fleet. One list tells the states of all extensions, also of those
/// that an earlier run began. Source: <c>VirtualMachineExtensions_CreateOrUpdate</c>, <c>VirtualMachineExtensions_List</c>.</remarks>
internal sealed class VMExtensionInstallation(VMPlan plan)
{
    /// <summary>Between two steps; a short script takes three quarters of a minute.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private const int MostMissed = 3, MostFailures = 8;

    private readonly Dictionary<string, ArmAnswer> _asked = new(StringComparer.OrdinalIgnoreCase);
    private int _missed;
    private int _failures;

    /// <summary>Installs what is missing, and waits for it.</summary>
    /// <exception cref="ImageCmdletsException">VMExtensionFailed, or why Azure did not take the extension.</exception>
    public static async Task RunAsync(Operation operation, VMPlan plan, StepProgress progress)
    {
        if (plan.Options.Extension.Count == 0)
            return;

        progress.Begin("Extensions", 80);
        DateTimeOffset begin = operation.Clock.UtcNow;
        var installation = new VMExtensionInstallation(plan);
        while (!await installation.AdvanceAsync(operation).ConfigureAwait(false))
        {
            await operation.Clock.DelayAsync(Pause, operation.CancellationToken).ConfigureAwait(false);
            progress.Waiting(operation.Clock.UtcNow - begin);
        }
    }

    /// <summary>Looks how far they are, and asks for the next one where it is time.</summary>
    /// <returns>Whether all of them are there.</returns>
    /// <exception cref="ImageCmdletsException">VMExtensionFailed, or why Azure did not take the extension.</exception>
    public async Task<bool> AdvanceAsync(Operation operation)
    {
        if (plan.Options.Extension.Count == 0)
            return true;

        Dictionary<string, string> states;
        try
        {
            states = await StatesAsync(operation).ConfigureAwait(false);
            _failures = 0;
        }
        catch (ImageCmdletsException exception) when (ArmPoller.MayPass(exception) && ++_failures < MostFailures)
        {
            operation.Verbose($"The extensions of '{plan.Id.Name}' could not be looked at just now: {exception.Message}");
            return false;
        }

        foreach (ImageVMExtension extension in plan.Options.Extension)
        {
            string? state = states.TryGetValue(extension.Name, out string? found) ? found : null;
            if (state is not null && ArmStates.IsSuccess(state))
                continue;

            // Azure's lists can be a little behind what it has just accepted.
            if (state is null ? _asked.ContainsKey(extension.Name) && ++_missed < MostMissed : !ArmStates.IsEnd(state))
                return false;

            await AskOrThrowAsync(operation, extension, isThere: state is not null).ConfigureAwait(false);
            return false;
        }

        return true;
    }

    private async Task<Dictionary<string, string>> StatesAsync(Operation operation)
    {
        var states = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        await operation.Arm.ListAsync(plan.Id.Text + "/extensions", ArmApiVersions.Compute, item =>
        {
            states[item.Text("name")!] = item.Text("properties", "provisioningState") ?? "Succeeded";
            return Task.CompletedTask;
        }, operation.CancellationToken).ConfigureAwait(false);
        return states;
    }

    // What this run asked for and is not there, or failed, has an operation that says why.
    private async Task AskOrThrowAsync(Operation operation, ImageVMExtension extension, bool isThere)
    {
        try
        {
            string id = $"{plan.Id.Text}/extensions/{extension.Name}";
            if (_asked.TryGetValue(extension.Name, out ArmAnswer? answer))
                await operation.Poller.WaitAsync(answer, id, null, operation.CancellationToken).ConfigureAwait(false);
            else
                _asked[extension.Name] = await BeginAsync(operation, extension, id, isThere).ConfigureAwait(false);
        }
        catch (ImageCmdletsException failure)
        {
            throw Failed(extension, failure);
        }
    }

    private async Task<ArmAnswer> BeginAsync(Operation operation, ImageVMExtension extension, string id, bool isThere)
    {
        JsonObject properties = VMExtensions.Properties(extension);

        // One that failed in an earlier run: in the same words Azure would only repeat that it failed.
        if (isThere)
            properties["forceUpdateTag"] = operation.Clock.UtcNow.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        operation.Verbose($"'{plan.Id.Name}' gets the extension {extension}{(isThere ? " once more" : string.Empty)}.");
        JsonObject body = ArmBody.Of(plan.Platform.Location, plan.Options.Tag ?? new Dictionary<string, string>(), properties);
        return await operation.Arm.SendAsync(RequestMethod.Put, id, ArmApiVersions.Compute, body, operation.CancellationToken, isOnce: true).ConfigureAwait(false);
    }

    private ImageCmdletsException Failed(ImageVMExtension extension, ImageCmdletsException failure) => VMExtensions.Masked([extension], failure, plan.Id.Text,
        $"'{plan.Id.Name}' runs, but its extension '{extension.Name}' could not be installed: {failure.Message}",
        "Mend what the extension names and run the same command again: the machine stays as it is, and gets this extension and those that come after it.");
}
