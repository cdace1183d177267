namespace ImageCmdlets.Engine.Generalization;

/// <summary>What a run command of this module is for.</summary>
/// <param name="Name">Its name, the same on every machine.</param>
/// <param name="MadeBy">The cmdlet, as <see cref="Operations.OperationTags"/> names it.</param>
/// <param name="Step">The step of that cmdlet, in the tags.</param>
/// <param name="Limit">After what time Azure is to end the script.</param>
internal sealed record GuestCommandPurpose(string Name, string MadeBy, string Step, TimeSpan Limit)
{
    public static readonly GuestCommandPurpose Generalize = new(GuestCommand.Name, GeneralizeService.OperationName, "GuestStep", GeneralizeLimits.RunCommand);
}
