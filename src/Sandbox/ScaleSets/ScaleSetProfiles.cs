using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Operations;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>How the operations on scale sets are announced and how long they take: medians of the recordings.</summary>
internal static class ScaleSetProfiles
{
    public static OperationProfile Create { get; } = Body(395.2) with { RetryAfter = 10 };

    /// <summary>A change of the model that is applied to nothing yet.</summary>
    public static OperationProfile Update { get; } = Body(0.4) with { RetryAfter = 10 };

    public static OperationProfile Delete { get; } = Action(132.5) with { RetryAfter = 10 };

    public static OperationProfile DeleteInstances { get; } = Action(42.8);

    public static OperationProfile ManualUpgrade { get; } = Action(45.2);

    public static OperationProfile CancelUpgrade { get; } = Action(21.3);

    /// <summary>Starting it is all that the operation does.</summary>
    public static OperationProfile StartUpgrade { get; } = Action(0.5);

    public static OperationProfile Orchestration { get; } = Action(18.4);

    public static OperationProfile PutExtension { get; } = Body(33.8) with { RetryAfter = 10 };

    public static OperationProfile DeleteExtension { get; } = Action(63.8) with { RetryAfter = 10 };

    public static OperationProfile UpdateInstance { get; } = Body(5.5);

    public static OperationProfile DeleteInstance { get; } = Action(17.9);

    /// <summary>An action on many instances; that of <c>reapply</c> is an assumption.</summary>
    public static OperationProfile Of(string action) => Action(action switch
    {
        "deallocate" => 70.7,
        "powerOff" => 19.9,
        "start" => 9.2,
        "restart" => 17.4,
        "redeploy" => 152.9,
        "reimage" => 236.0,
        "reimageall" => 419.8,
        _ => 5.4,
    });

    private static OperationProfile Body(double seconds) =>
        new(ComputeSubject.Namespace, "operations", TimeSpan.FromSeconds(seconds)) { Notifies = true };

    private static OperationProfile Action(double seconds) => Body(seconds) with { LocationHeader = true };
}
