using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ImageCmdlets.Shell.Hosting;

/// <summary>Turns on escape sequences where the console has them off: Windows starts each console that way.</summary>
internal static class VirtualTerminal
{
    private const int StandardOutput = -11;
    private const uint EnableVirtualTerminalProcessing = 0x0004;

    /// <summary>Whether the console shows escape sequences as colours and not as text.</summary>
    public static bool Enable() => !OperatingSystem.IsWindows() || EnableOnWindows();

    [SupportedOSPlatform("windows")]
    private static bool EnableOnWindows()
    {
        nint handle = GetStdHandle(StandardOutput);
        return GetConsoleMode(handle, out uint mode) && SetConsoleMode(handle, mode | EnableVirtualTerminalProcessing);
    }

    [DllImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint GetStdHandle(int standardHandle);

    [DllImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern bool GetConsoleMode(nint console, out uint mode);

    [DllImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern bool SetConsoleMode(nint console, uint mode);
}
