using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>Finds out, and says, what a generalization that did not come to its end has left behind: nothing changed, a guest that is half
/// generalized, or one of which nobody knows.</summary>
internal sealed class GuestFailure(Operation operation, MachineReader reader, ResourceId? source)
{
    // Under the run command's own name: whoever runs the command again takes away what an interruption left.
    private static readonly GuestCommandPurpose s_purpose = GuestCommandPurpose.Generalize with { Step = "ReadState", Limit = TimeSpan.FromMinutes(3) };

    private string _power = "in an unknown power state";

    /// <summary>What the guest said of itself.</summary>
    public GuestStateName State { get; private set; }

    /// <summary>Whether the guest is proven to be as it was.</summary>
    public bool IsUntouched => State == GuestStateName.Ready;

    /// <summary>What a running guest says of itself; <see cref="GuestStateName.Unknown"/> where it does not.</summary>
    public async Task<GuestStateName> AskAsync() =>
        (await new StateInspection(operation, new GetGeneralizeStateOptions { Id = reader.Id.Text }) { Purpose = s_purpose }.RunAsync().ConfigureAwait(false)).GuestState;

    /// <summary>Looks at the machine, and asks its guest where that can answer.</summary>
    /// <param name="mayAsk">False: a script of this module may still run in it.</param>
    public async Task LookAsync(bool mayAsk)
    {
        try
        {
            Machine machine = await reader.ReadAsync().ConfigureAwait(false);
            _power = machine.VM.PowerState?.ToLowerInvariant() ?? _power;
            if (mayAsk && machine.IsReady)
                State = await AskAsync().ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception)
        {
            operation.Verbose($"What '{reader.Id.Name}' is now could not be read: {exception.Message}");
        }
    }

    /// <summary>The error that the user sees.</summary>
    /// <param name="verdict">Failed or unverified.</param>
    /// <param name="wayBack">A sentence on its snapshots; empty where there are none.</param>
    public ImageCmdletsException Error(GuestVerdict verdict, string wayBack)
    {
        bool hasFailed = verdict.Outcome == GuestOutcome.Failed;
        // The clone of a failure is removed: what it is now concerns nobody.
        string text = source is not null ? $"A clone of '{source.Name}' was not generalized: {verdict.Message}" : $"{Lead(hasFailed)}: {verdict.Message}{wayBack}";
        return new ImageCmdletsException(hasFailed ? ErrorIds.GeneralizeFailed : ErrorIds.GeneralizeUnverified, text,
            source?.Text ?? reader.Id.Text, verdict.RootCause?.Fix ?? (source is null ? verdict.Advice : null));
    }

    private string Lead(bool hasFailed) => State switch
    {
        GuestStateName.Ready => $"'{reader.Id.Name}' was not generalized and is left as it is",
        GuestStateName.HalfGeneralized => $"'{reader.Id.Name}' is half generalized, do not use it and make no image of it",
        _ when hasFailed => $"'{reader.Id.Name}' was not generalized, and nobody knows what was changed in it; it is {_power}",
        _ => $"Nobody knows whether '{reader.Id.Name}' is generalized; it is {_power}",
    };
}
