using ImageCmdlets.Engine.Diagnosis;

namespace ImageCmdlets.Engine.Tests.Diagnosis;

/// <summary>Logs of sysprep as it writes them, and their reading.</summary>
internal static class SysprepLogText
{
    public const string Package = "Microsoft.Edge.GameAssist_1.0.3423.0_x64__8wekyb3d8bbwe";
    public const string Noise = "MRTGeneralize:98 - ERROR: Failed DeleteInstance AntiVirusProduct";
    public const string Appx = "Package " + Package + " was installed for a user, but not provisioned for all users. This package will not function properly in the sysprep image.";
    public const string Tag = @"FCreateTagFile:Successfully created tag file C:\Windows\System32\Sysprep\Sysprep_succeeded.tag";

    public static string Line(string time, string level, string text, string? code = null) =>
        $"2025-07-22 {time}, {level,-10} {(code is null ? string.Empty : $"[{code}]"),10} SYSPRP {text}";

    public static string[] Begin(string time) =>
    [
        Line(time, "Info", "========================================================"),
        Line(time, "Info", "===          Beginning of a new sysprep run          ==="),
        Line(time, "Info", "========================================================"),
        Line(time, "Info", $"The time is now 2025-07-22 {time}", "0x0f004d"),
        Line(time, "Info", "ParseCommands:Found supported command line option 'GENERALIZE'", "0x0f005f"),
        Line(time, "Info", "ParseCommands:Found supported command line option 'OOBE'", "0x0f005f"),
        Line(time, "Info", "WinMain:Pre-validing 'generalize' internal providers.", "0x0f00d7"),
    ];

    public static string[] Refusal(string time, string cause = Appx) =>
    [
        Line(time, "Error", cause),
        Line(time, "Error", "Failed to remove apps for the current user: 0x80073cf2."),
        Line(time, "Error", "RunDlls:An error occurred while running registry sysprep DLLs, halting sysprep execution. dwRet = 0x3cf2", "0x0f0070"),
        Line(time, "Error", "WinMain:Hit failure while pre-validate sysprep generalize internal providers; hr = 0x80073cf2", "0x0f00d8"),
        Line(time, "Info", "Shutting down SysPrep log", "0x0f0052"),
    ];

    public static string[] Success(string time) =>
    [
        Line(time, "Error", Noise),
        Line(time, "Info", Tag, "0x0f0080"),
        Line(time, "Info", "Shutting down SysPrep log", "0x0f0052"),
    ];

    public static IReadOnlyList<SysprepRun> Read(params IEnumerable<string> lines) =>
        DiagnosisService.ReadSysprepLog(lines, "setupact.log", TestContext.Current.CancellationToken);

    public static SysprepRun ReadLast(params IEnumerable<string> lines) => Read(lines)[^1];

    public static IReadOnlyList<SysprepRun> ReadBytes(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return DiagnosisService.ReadSysprepLog(stream, "setupact.log", TestContext.Current.CancellationToken);
    }
}
