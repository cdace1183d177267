using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>How the operations on machines are announced and how long they take: medians of the recordings.</summary>
internal static class VmProfiles
{
    // 2017-12-01 never says how long to wait, 2018-04-01 does.
    private const string Waits = "2018-04-01";

    /// <summary>Time Azure waits for a guest of Windows to say that it is set up.</summary>
    public static readonly TimeSpan WindowsProvisioning = TimeSpan.FromMinutes(40);

    /// <summary>Time Azure waits for a guest of Linux.</summary>
    public static readonly TimeSpan LinuxProvisioning = TimeSpan.FromMinutes(20);

    /// <summary>Time after which a run command is given up.</summary>
    public static readonly TimeSpan RunCommandLimit = TimeSpan.FromMinutes(90);

    public static OperationProfile Create { get; } = Body(371) with { RetryAfter = 10, EarlyRetryAfter = 70, RetryAfterSince = Waits };

    public static OperationProfile Update { get; } = Body(6);

    public static OperationProfile Delete { get; } = Action(112) with { RetryAfter = 10, EarlyRetryAfter = 30, RetryAfterSince = Waits };

    public static OperationProfile Deallocate { get; } = Action(25) with { RetryAfter = 10, EarlyRetryAfter = 36 };

    public static OperationProfile PowerOff { get; } = Action(9.5);

    public static OperationProfile Start { get; } = Action(12.9) with { RetryAfter = 10 };

    public static OperationProfile Restart { get; } = Action(13.9);

    public static OperationProfile Redeploy { get; } = Action(115.8);

    public static OperationProfile Reapply { get; } = Action(5.4);

    public static OperationProfile Reimage { get; } = Action(111.2);

    public static OperationProfile Capture { get; } = Action(0.6);

    public static OperationProfile Convert { get; } = Action(100.4);

    public static OperationProfile AssessPatches { get; } = Action(182.4);

    public static OperationProfile InstallPatches { get; } = Action(135.6);

    /// <summary>Lasts as long as the script; this is the shortest.</summary>
    public static OperationProfile RunCommand { get; } = Action(16);

    public static OperationProfile PutRunCommand { get; } = Body(10.3);

    public static OperationProfile DeleteRunCommand { get; } = Action(10.3);

    public static OperationProfile PutExtension { get; } = Body(47.3);

    public static OperationProfile DeleteExtension { get; } = Action(26.5);

    /// <summary>An action on a machine, or on one instance of a scale set: those were recorded apart.</summary>
    public static OperationProfile Of(string action, ResourceEntry vm) => VmFacts.IsInstance(vm)
        ? action switch
        {
            "start" => Action(2.4),
            "powerOff" => Action(9.7),
            "deallocate" => Action(61.8),
            "restart" => Action(33.6),
            "redeploy" => Action(122.6),
            "reimage" => Action(384.6),
            _ => Action(996.8),
        }
        : action switch
        {
            "start" => Start,
            "powerOff" => PowerOff,
            "deallocate" => Deallocate,
            "restart" => Restart,
            "redeploy" => Redeploy,
            "reapply" => Reapply,
            _ => Reimage,
        };

    private static OperationProfile Body(double seconds) =>
        new(ComputeSubject.Namespace, "operations", TimeSpan.FromSeconds(seconds)) { Notifies = true };

    private static OperationProfile Action(double seconds) => Body(seconds) with { LocationHeader = true };
}
