namespace ImageCmdlets;

/// <summary>How a finding is mended in the guest.</summary>
/// <param name="Finding">What is mended.</param>
/// <param name="Command">What is done, in a line.</param>
/// <param name="Script">The script that does it, as it is sent.</param>
public sealed record ReadinessFix(ImageFinding Finding, string Command, string Script)
{
    public override string ToString() => Command;
}
