namespace ImageCmdlets.Engine.Diagnosis;

/// <summary>What sysprep's own words say of where it is.</summary>
/// <remarks>Source: published logs of Windows Server 2016 to 2022 and Windows 10 and 11.</remarks>
internal static class SysprepProgress
{
    /// <summary>Whether it has written its success file, or has begun to switch the machine off after having done so.</summary>
    public static bool IsSuccess(string text) =>
        Has(text, "Successfully created tag file") || Has(text, "Successfully called InitiateSystemShutdownEx");

    /// <summary>Whether it closes its log, after a success or a failure.</summary>
    public static bool IsEnd(string text) => Has(text, "Shutting down SysPrep log");

    /// <summary>Whether it says for the last time that it gives up; other errors come before.</summary>
    public static bool IsLastWord(string text) => Has(text, "Hit failure while");

    /// <summary>The phase that a line is about.</summary>
    public static SysprepPhase PhaseOf(string text)
    {
        if (Has(text, "Pre-valid") || Has(text, "pre-validate") || Has(text, "SysprepSession::Validate"))
            return SysprepPhase.Validate;

        bool isWork = Has(text, "SysprepSession::Execute") || Has(text, "Processing ") || Has(text, "ActionPlatform::ExecuteAction");
        return !isWork ? SysprepPhase.Unknown
            : Has(text, "specialize") ? SysprepPhase.Specialize
            : Has(text, "generalize") ? SysprepPhase.Generalize
            : Has(text, "cleanup") ? SysprepPhase.Cleanup
            : SysprepPhase.Unknown;
    }

    private static bool Has(string text, string part) => text.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;
}
