namespace ImageCmdlets.Sandbox.Guest.Windows;

/// <summary>Faults that can be seen in the registry of a Windows disk, and mended there.</summary>
internal static class WindowsDefects
{
    private const int Manual = 3;
    private const int Disabled = 4;
    private const int Ready = 7;
    private const int StoppedHalfWay = 3;

    private const string PushService = $@"{WindowsPaths.Services}\dmwappushservice";

    /// <summary>Sysprep waits for this service for ever when it is disabled.</summary>
    public static bool Hangs(GuestRegistry registry) => registry.Get(PushService, "Start") == "4";

    /// <summary>Puts the registry right, also where a sysprep that failed has left it.</summary>
    public static void Mend(GuestRegistry registry)
    {
        while (AppxPackages.OnlyForOneUser(registry) is { } package) AppxPackages.Remove(registry, package);
        registry.Set(WindowsPaths.SysprepStatus, "GeneralizationState", Ready);
        registry.Set(WindowsPaths.Activation, "RemainingSysprepRuns", WindowsSetup.SysprepRuns);
        registry.Set(PushService, "Start", Manual);
        if (registry.Get(WindowsPaths.SetupState, "ImageState") == WindowsPaths.Undeployable)
            registry.Set(WindowsPaths.SetupState, "ImageState", WindowsPaths.Complete);
    }

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
