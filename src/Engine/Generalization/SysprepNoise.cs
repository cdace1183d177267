using System.Text.RegularExpressions;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>Errors that sysprep logs on healthy machines too. Taken for the cause, they cost people days.</summary>
/// <remarks>Source: MicrosoftDocs/azure-docs#43893.</remarks>
internal static class SysprepNoise
{
    private static readonly Regex s_noise = new(
        @"MRTGeneralize:\d+ - ERROR: Failed DeleteInstance Anti(Virus|Spyware)Product"
        + "|setupdigetclassdevs failed with error 0"
        + "|Failed to re-enable Compat-Gentel custom trigger"
        + "|BCD: BiUpdateEfiEntry failed c000000d"
        + "|BiExport",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The lines that may mean something.</summary>
    public static IReadOnlyList<string> Remove(IReadOnlyList<string> lines) => [.. lines.Where(line => !s_noise.IsMatch(line))];
}
