using System.Globalization;

namespace ImageCmdlets.Sandbox.Guest.Windows;

/// <summary>
/// Writes <c>setupact.log</c> and <c>setuperr.log</c> line by line in sysprep's own form. Both grow from run to run:
/// whoever reads them has to look for the last beginning of a run.
/// </summary>
internal sealed class SysprepLog(GuestMachine machine)
{
    /// <summary>
    /// What the publisher's run left behind in a marketplace image: noise that is no failure.
    /// </summary>
    public const string PublisherRun =
        "2024-01-02 07:58:10, Info                  SYSPRP ========================================================\r\n"
        + "2024-01-02 07:58:10, Info                  SYSPRP ===          Beginning of a new sysprep run          ===\r\n"
        + "2024-01-02 07:58:10, Info                  SYSPRP ========================================================\r\n"
        + "2024-01-02 07:58:10, Info       [0x0f004d] SYSPRP The time is now 2024-01-02 07:58:10\r\n"
        + "2024-01-02 07:58:11, Info       [0x0f0054] SYSPRP ParseCommands:Found supported command line option 'GENERALIZE'\r\n"
        + "2024-01-02 07:58:11, Info       [0x0f0054] SYSPRP ParseCommands:Found supported command line option 'OOBE'\r\n"
        + "2024-01-02 07:59:40, Error                 SYSPRP MRTGeneralize:98 - ERROR: Failed DeleteInstance AntiVirusProduct\r\n"
        + @"2024-01-02 08:00:20, Info                  SYSPRP FCreateTagFile:Successfully created tag file C:\Windows\System32\Sysprep\Sysprep_succeeded.tag" + "\r\n"
        + "2024-01-02 08:00:20, Info                  SYSPRP ProcessShutdown:Successfully called InitiateSystemShutdownEx to shutdown the computer\r\n"
        + "2024-01-02 08:00:20, Info       [0x0f0052] SYSPRP Shutting down SysPrep log\r\n";

    private const string Line = "========================================================";

    public void Begin()
    {
        Info(Line);
        Info("===          Beginning of a new sysprep run          ===");
        Info(Line);
        Info($"The time is now {Time}", "0x0f004d");
    }

    /// <summary>Sysprep's last lines, after a success and after a failure.</summary>
    public void End()
    {
        Info("Shutting down SysPrep log", "0x0f0052");
        Info($"The time is now {Time}", "0x0f004d");
    }

    public void Info(string text, string? code = null) => Write("Info", text, code, alsoError: false);

    public void Warning(string text, string? code = null) => Write("Warning", text, code, alsoError: false);

    public void Error(string text, string? code = null) => Write("Error", text, code, alsoError: true);

    public void Errors(IEnumerable<KeyValuePair<string, string?>> lines)
    {
        foreach (KeyValuePair<string, string?> line in lines) Error(line.Key, line.Value);
    }

    private string Time => machine.Now.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private void Write(string level, string text, string? code, bool alsoError)
    {
        string bracket = code is null ? "          " : $"[{code}]";
        string line = $"{Time}, {level.PadRight(10)} {bracket} SYSPRP {text}\r\n";
        machine.Disk.Files.Append(WindowsPaths.SetupAct, line);
        if (alsoError)
        {
            machine.Disk.Files.Append(WindowsPaths.SetupErr, line);
        }
    }
}
