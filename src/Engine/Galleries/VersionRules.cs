using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>What Azure would refuse of an image version, often only minutes after the call, refused before it.</summary>
/// <remarks>Source: "Troubleshoot images in an Azure Compute Gallery", and what users of az, Packer and Terraform paste.</remarks>
internal static class VersionRules
{
    private const int LargestGB = 1024;
    private const string OtherDefinition = "Pass another -DefinitionName, or make a definition that fits with New-ImageDefinition -FromSource.";

    /// <summary>Everything that differs between a source and the definition.</summary>
    public static void Check(Problems problems, VersionSource source, ImageDefinition definition)
    {
        problems.Add(Mismatch(ErrorIds.OSTypeMismatch, "operating system", source, source.OSType, definition, definition.OSType, OtherDefinition));
        problems.Add(StateMismatch(source, definition));
        problems.Add(Mismatch(ErrorIds.HyperVGenerationMismatch, "generation", source, source.HyperVGeneration, definition, definition.HyperVGeneration, OtherDefinition));
        problems.Add(Mismatch(ErrorIds.ArchitectureMismatch, "architecture", source, source.Architecture, definition, definition.Architecture, OtherDefinition));
        problems.Add(SecurityMismatch(source, definition));
        if (source.Kind == SourceKind.Machine && !string.Equals(Told(source.Plan), Told(definition.Plan), StringComparison.OrdinalIgnoreCase))
        {
            problems.Add(ErrorIds.PurchasePlanMismatch, $"'{source.Name}' has the purchase plan {Told(source.Plan)}, the image definition '{definition.Name}' {Told(definition.Plan)}.", source.Id, OtherDefinition);
        }
    }

    /// <summary>What differs from Azure's limits for the replication.</summary>
    public static void CheckLimits(Problems problems, VersionSource source, NewVersionOptions options, DateTimeOffset now)
    {
        if (!options.Shallow && source.LargestGB > LargestGB)
        {
            problems.Add(ErrorIds.InvalidDiskSize, $"'{source.Name}' has a disk of {source.LargestGB} GiB; versions that are replicated in full take {LargestGB} GiB at most.", source.Id,
                "Pass -ReplicationMode Shallow, or a source with smaller disks.");
        }

        if (options.EndOfLifeDate <= now)
            problems.Add(EndOfLifeIsPast(options.EndOfLifeDate.Value, options.DefinitionId));
        if (options.BlockDeletionBeforeEndOfLife && options.EndOfLifeDate is null)
            problems.Add(ErrorIds.InvalidArgument, "Without an end of life nothing says until when a deletion is to be refused.", options.DefinitionId, "Pass -EndOfLife with -BlockDeletionBeforeEndOfLife.");
    }

    public static ImageCmdletsException EndOfLifeIsPast(DateTimeOffset date, string target) =>
        new(ErrorIds.InvalidArgument, $"The end of life {date:yyyy-MM-dd} is past.", target, "Pass a date to come with -EndOfLife.");

    private static ImageCmdletsException? StateMismatch(VersionSource source, ImageDefinition definition)
    {
        if (source.OSState is null || source.OSState == definition.OSState)
            return null;

        return source is { Kind: SourceKind.Machine, OSState: "Specialized" }
            ? new ImageCmdletsException(ErrorIds.VMNotGeneralized, $"'{source.Name}' was not generalized, and the image definition '{definition.Name}' is of generalized images.", source.Id,
                "Run Invoke-Generalize on it first, or pass a definition of specialized images.")
            : Mismatch(ErrorIds.OSStateMismatch, "OS state", source, source.OSState, definition, definition.OSState, OtherDefinition);
    }

    // Azure's own names: TrustedLaunchSupported and the like are of images from which machines with and without it can be made.
    private static ImageCmdletsException? SecurityMismatch(VersionSource source, ImageDefinition definition)
    {
        bool isOptional = definition.SecurityType.EndsWith("Supported", StringComparison.OrdinalIgnoreCase);
        if (isOptional && source.IsLive)
        {
            return new ImageCmdletsException(ErrorIds.SecurityTypeNotSupported,
                $"Versions of '{definition.Name}', whose security type is {definition.SecurityType}, are made of managed images, VHDs and other versions only, not of '{source.Name}'.", source.Id,
                "Make a managed image with New-CustomImage first and pass that, or another definition.");
        }

        string own = source.SecurityType ?? "Standard";
        return source.IsLive && !string.Equals(own, definition.SecurityType, StringComparison.OrdinalIgnoreCase)
            ? Mismatch(ErrorIds.SecurityTypeNotSupported, "security type", source, own, definition, definition.SecurityType, OtherDefinition)
            : null;
    }

    private static ImageCmdletsException? Mismatch(string errorId, string what, VersionSource source, string? own, ImageDefinition definition, string? wanted, string advice) =>
        own is null || string.Equals(own, wanted, StringComparison.OrdinalIgnoreCase) ? null
            : new ImageCmdletsException(errorId, $"The {what} of '{source.Name}' is {own}, that of the image definition '{definition.Name}' {wanted}.", source.Id, advice);

    private static string Told(PurchasePlan? plan) => plan?.ToString() ?? "none";
}
