using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>What an instance's protection policy keeps from it. Protection from actions includes that from scale-in.</summary>
internal static class Protection
{
    private const string Path = "properties.protectionPolicy";

    public static bool FromScaleIn(ResourceEntry instance) =>
        instance.Body.Flag($"{Path}.protectFromScaleIn") == true || FromActions(instance);

    /// <summary>Protected from what is asked of the whole set: upgrades and actions.</summary>
    public static bool FromActions(ResourceEntry instance) => instance.Body.Flag($"{Path}.protectFromScaleSetActions") == true;
}
