using System.Globalization;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>Remembers that a guest was proven to be generalized: a stopped machine cannot be asked again, starting it would undo what
/// was done, and Azure's own mark only says that somebody set it.</summary>
/// <remarks>A tag of the operating system disk: tags of a generalized machine cannot be changed any more
/// (OperationNotAllowedOnGeneralizedVM, MicrosoftDocs/azure-docs#33508), and the state is the disk's anyway. The tag says when, and
/// for which machine. It counts only when no later operation can have started the machine.</remarks>
internal sealed class GuestProof(Operation operation, Machine machine)
{
    public const string TagName = "imagecmdlets-guest-generalized";

    /// <summary>When the guest was proven; null when it was not, or when the machine may have run since.</summary>
    public async Task<DateTimeOffset?> FindAsync()
    {
        string? value = machine.OSDiskId is { } disk ? await ResourceTags.FindAsync(operation, disk, TagName).ConfigureAwait(false) : null;
        string[] parts = value?.Split(' ') ?? [];
        return parts.Length == 2
            && string.Equals(parts[1], machine.VM.VMId, StringComparison.OrdinalIgnoreCase)
            && DateTimeOffset.TryParse(parts[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            && machine.HasNotRunSince(time) ? time : null;
    }

    /// <summary>Remembers the proof. Without the right to tag the disk everything works but picking up after an interruption.</summary>
    public async Task KeepAsync()
    {
        if (machine.OSDiskId is not { } disk)
            return;

        try
        {
            string time = operation.Clock.UtcNow.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            await ResourceTags.MergeAsync(operation, disk, [new(TagName, $"{time} {machine.VM.VMId}")]).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception)
        {
            operation.Verbose($"The proof cannot be kept with the disk, an interruption now could not be picked up: {exception.Message}");
        }
    }
}
