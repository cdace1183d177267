using Azure;
using Azure.Core;
using Azure.ResourceManager.Compute;
using Azure.ResourceManager.Compute.Models;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using Operation = ImageCmdlets.Engine.Operations.Operation;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>The managed run command that carries a script into the guest. Its name is fixed for each purpose, so that a command that is
/// run again finds the one that is there and goes on watching it.</summary>
/// <remarks>A managed run command, not the older action: it has a time limit, an exit code and the output, and it can be read by
/// somebody who did not start it.</remarks>
internal sealed class GuestCommand(Operation operation, ResourceId machine, GuestCommandPurpose purpose)
{
    public const string Name = "imagecmdlets-generalize";

    private readonly string _id = $"{machine.Text}/runCommands/{purpose.Name}";

    /// <summary>The run command of a generalization.</summary>
    public GuestCommand(Operation operation, ResourceId machine)
        : this(operation, machine, GuestCommandPurpose.Generalize)
    {
    }

    /// <summary>The run command as it is now; null when there is none.</summary>
    public async Task<GuestCommandView?> FindAsync()
    {
        ArmAnswer? answer = await operation.Arm
            .FindAsync(_id, ArmApiVersions.Compute, operation.CancellationToken, "$expand=instanceView").ConfigureAwait(false);
        return answer is null ? null : GuestCommandView.Read(answer.Body, purpose.MadeBy);
    }

    /// <summary>Hands the script to Azure, which answers before the guest has it. Where another script runs in the guest, it is waited for.</summary>
    /// <param name="location">The machine's region.</param>
    /// <param name="script">A script of this module.</param>
    /// <param name="step">What it is for, in the command's tags; null: the purpose's own step.</param>
    /// <param name="parameters">Checked values for the script.</param>
    /// <exception cref="ImageCmdletsException">ResourceBusy: the other script did not end in time; what Azure refused.</exception>
    public async Task<ArmAnswer> BeginAsync(string location, string script, string? step = null, IReadOnlyDictionary<string, string>? parameters = null)
    {
        DateTimeOffset begin = operation.Clock.UtcNow;
        for (bool isTold = false; ; isTold = true)
        {
            try
            {
                return await PutAsync(location, script, step, parameters).ConfigureAwait(false);
            }
            catch (ImageCmdletsException exception) when (exception.ErrorId == ErrorIds.ResourceBusy && operation.Clock.UtcNow - begin < GeneralizeLimits.Turn)
            {
                if (!isTold)
                    operation.Warning($"Another run command or operation on '{machine.Name}' is waited for: {exception.Message}");
            }

            await operation.Clock.DelayAsync(GeneralizeLimits.TurnPause, operation.CancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until Azure has handed the script over.</summary>
    /// <returns>False: somebody has taken the run command away, or put another in its place.</returns>
    /// <exception cref="ImageCmdletsException">Why Azure could not.</exception>
    public async Task<bool> WaitAsync(ArmAnswer begun, Action<TimeSpan>? onWait)
    {
        try
        {
            await operation.Poller.WaitAsync(begun, machine.Text, onWait, operation.CancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ImageCmdletsException exception) when (exception.ErrorId == ErrorIds.ConcurrentUpdate)
        {
            return false;
        }
    }

    /// <summary>Takes the run command away, which ends its script if that still runs. Azure can do so only while the machine and its
    /// agent run.</summary>
    /// <returns>False: Azure had not done so when the limit was over.</returns>
    public async Task<bool> RemoveAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(operation.CancellationToken);
        using IDisposable timer = operation.Clock.CancelAfter(limit, GeneralizeLimits.Removal);
        try
        {
            ArmAnswer answer = await operation.Arm
                .SendAsync(RequestMethod.Delete, _id, ArmApiVersions.Compute, null, limit.Token).ConfigureAwait(false);
            await operation.Poller.WaitAsync(answer, _id, null, limit.Token).ConfigureAwait(false);
            return true;
        }
        catch (ImageCmdletsException exception) when (exception.ErrorId == ErrorIds.ConcurrentUpdate)
        {
            // Another run of the same command has put its own in this place: it is no longer this one.
            return true;
        }
        catch (OperationCanceledException) when (!operation.CancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private Task<ArmAnswer> PutAsync(string location, string script, string? step, IReadOnlyDictionary<string, string>? parameters)
    {
        var data = new VirtualMachineRunCommandData(new AzureLocation(location))
        {
            Source = new VirtualMachineRunCommandScriptSource { Script = script },
            AsyncExecution = true,
            TimeoutInSeconds = (int)purpose.Limit.TotalSeconds,
        };
        foreach (KeyValuePair<string, string> tag in OperationTags.For(purpose.MadeBy, step ?? purpose.Step, machine.Text))
            data.Tags[tag.Key] = tag.Value;
        foreach (KeyValuePair<string, string> parameter in parameters ?? new Dictionary<string, string>())
            data.Parameters.Add(new RunCommandInputParameter(parameter.Key, parameter.Value));

        return operation.Arm.BeginAsync(_id, client =>
            client.GetVirtualMachineResource(new ResourceIdentifier(machine.Text)).GetVirtualMachineRunCommands()
                .CreateOrUpdateAsync(WaitUntil.Started, purpose.Name, data, operation.CancellationToken), operation.CancellationToken, isOnce: true);
    }
}
