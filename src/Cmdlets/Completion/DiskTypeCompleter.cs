namespace ImageCmdlets.Commands;

/// <summary>Proposes the kinds of storage that what the command makes can have.</summary>
public sealed class DiskTypeCompleter : FixedCompleter
{
    private protected override IReadOnlyList<string> Values(string commandName) => commandName.ToUpperInvariant() switch
    {
        "NEW-IMAGESNAPSHOT" => DiskTypes.OfSnapshots,
        "RESTORE-IMAGESNAPSHOT" => DiskTypes.OfDisks,
        _ => DiskTypes.OfMachines,
    };
}
