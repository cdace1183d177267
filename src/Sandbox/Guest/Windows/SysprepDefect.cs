namespace ImageCmdlets.Sandbox.Guest.Windows;

/// <summary>How sysprep ends on a broken installation, told by its log.</summary>
/// <param name="Errors">Lines of both logs, with the code in brackets where sysprep writes one.</param>
/// <param name="HalfWay">Whether it ends after it has begun to change the machine, which then is in no state to run it again.</param>
internal sealed record SysprepDefect(IReadOnlyList<KeyValuePair<string, string?>> Errors, bool HalfWay)
{
    private const string Actions = @"C:\Windows\System32\Sysprep\ActionFiles\";

    private static readonly Dictionary<GuestFaultKind, SysprepDefect> s_all = new()
    {
        [GuestFaultKind.BitLocker] = Refusal(
            "Generalize.xml",
            "BitLocker-Sysprep: BitLocker is on for the OS volume. Turn BitLocker off to run Sysprep. (0x80310039)",
            @"ActionPlatform::LaunchModule: Failure occurred while executing 'ValidateBitLockerState' from C:\Windows\System32\BdeSysprep.dll; dwRet = 0x80310039",
            "0x80310039",
            "0x80310039"),
        [GuestFaultKind.ReservedStorage] = Refusal(
            "Cleanup.xml",
            "Sysprep_Clean_Validate_Opk: Audit mode cannot be turned on if reserved storage is in use. An update or servicing operation may be using reserved storage.; hr = 0x800F0975",
            @"ActionPlatform::LaunchModule: Failure occurred while executing 'Sysprep_Clean_Validate_Opk' from C:\Windows\System32\spopk.dll; dwRet = 0x975",
            "0x975",
            "0x80070975"),
        [GuestFaultKind.ServicingBusy] = Refusal(
            "Cleanup.xml",
            "spopk.dll:: Failed to query pending CBS operations; hr = 0x80080005",
            @"ActionPlatform::LaunchModule: Failure occurred while executing 'Sysprep_Clean_Validate_Opk' from C:\Windows\System32\spopk.dll; dwRet = 0x5",
            "0x5",
            "0x80070005"),
        [GuestFaultKind.DefenderOnboarded] = Failure(
            @"RegDeleteValueW for value senseGuid under key SOFTWARE\Microsoft\Windows Advanced Threat Protection; dwRet = 0x5",
            "SysprepSession::ExecuteInternal: Error in executing action for Windows-SenseClient-Service; dwRet = 0x5",
            "0x5"),
        [GuestFaultKind.DscConfiguration] = Failure(
            @"ActionPlatform::LaunchModule: Failure occurred while executing 'DscCore.dll,SysPrep_Cleanup', returned error code 0x2",
            "SysprepSession::ExecuteInternal: Error in executing action for Microsoft-Windows-DSC; dwRet = 0x2",
            "0x2"),
        [GuestFaultKind.BootConfiguration] = Failure(
            @"RunDlls:An error occurred while executing 'C:\Windows\System32\spbcd.dll,Sysprep_Generalize_Bcd', returned error code 2",
            "SysprepSession::ExecuteInternal: Error in executing action for Microsoft-Windows-BCD; dwRet = 0x2",
            "0x2"),
        [GuestFaultKind.UpgradeRemains] = Failure(
            "RemoveUninstall:Failed to instantiate uninstall interface; hr = 0x80070003",
            "Sysprep_Clean_Opk:Failed to remove Uninstall; hr = 0x80070003",
            "0x3"),
        [GuestFaultKind.EventLogPath] = Failure(
            "EventLog: Failed to clear the event logs (wevtapi.dll); hr = 0x80070003",
            "SysprepSession::ExecuteInternal: Error in executing action for Microsoft-Windows-EventLog; dwRet = 0x3",
            "0x3"),
    };

    /// <summary>The way in which sysprep ends by a fault; null when the fault does not stop it.</summary>
    public static SysprepDefect? Of(GuestFault fault) => s_all.TryGetValue(fault.Kind, out SysprepDefect? defect) ? defect : null;

    // Published logs differ in the first line or two; what follows is always said so.
    private static SysprepDefect Refusal(string file, string reason, string action, string code, string result)
    {
        string provider = file == "Cleanup.xml" ? "cleanup" : "generalize";
        return new SysprepDefect(
            [
                new(reason, null),
                new(action, "0x0f0082"),
                new($"SysprepSession::Validate: Error in validating actions from {Actions}{file}; dwRet = {code}", null),
                new($"RunPlatformActions:Failed while validating Sysprep session actions; dwRet = {code}", null),
                new($"RunExternalDlls:An error occurred while running registry sysprep DLLs, halting sysprep execution. dwRet = {code}", "0x0f0070"),
                new($"WinMain:Hit failure while pre-validate sysprep {provider} internal providers; hr = {result}", "0x0f00d8"),
            ],
            HalfWay: false);
    }

    private static SysprepDefect Failure(string reason, string action, string code) => new(
        [
            new(reason, null),
            new(action, null),
            new($"RunPlatformActions:Failed while processing SysprepSession actions; dwRet = {code}", null),
            new($"RunExternalDlls:An error occurred while running registry sysprep DLLs, halting sysprep execution. dwRet = {code}", "0x0f0070"),
            new($"WinMain:Hit failure while processing sysprep generalize internal providers; hr = 0x8007{Convert.ToInt32(code, 16):x4}", "0x0f00a8"),
        ],
        HalfWay: true);
}
