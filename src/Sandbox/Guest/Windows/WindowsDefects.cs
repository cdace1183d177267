namespace ImageCmdlets.Sandbox.Guest.Windows;

/// <summary>Faults that can be seen in the registry of a Windows disk, and mended there.</summary>
internal static class WindowsDefects
{
    private const int Disabled = 4;
    private const int StoppedHalfWay = 3;

    private const string PushService = $@"{WindowsPaths.Services}\dmwappushservice";

    /// <summary>Sysprep waits for this service for ever when it is disabled.</summary>
    public static bool Hangs(GuestRegistry registry) => registry.Get(PushService, "Start") == "4";

    /// <summary>Breaks the registry.</summary>
    /// <returns>False when the fault is none of the registry.</returns>
    public static bool Apply(GuestRegistry registry, GuestFault fault)
    {
        switch (fault.Kind)
        {
            case GuestFaultKind.AppxPackage:
                AppxPackages.Install(registry, fault.Detail ?? "Microsoft.Winget.Source_2025.210.1541.8_neutral__8wekyb3d8bbwe");
                return true;
            case GuestFaultKind.HalfGeneralized:
                registry.Set(WindowsPaths.SysprepStatus, "GeneralizationState", StoppedHalfWay);
                return true;
            case GuestFaultKind.RearmExhausted:
                registry.Set(WindowsPaths.Activation, "RemainingSysprepRuns", 0);
                return true;
            case GuestFaultKind.SysprepHangs:
                registry.Set(PushService, "Start", Disabled);
                return true;
            default:
                return false;
        }
    }
}
