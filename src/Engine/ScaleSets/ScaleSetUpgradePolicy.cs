using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.ScaleSets;

/// <summary>The upgrade policy of a scale set, as Azure has it.</summary>
internal static class ScaleSetUpgradePolicy
{
    /// <summary>The policy that is asked for; all of it is sent, so that it reads the same whatever Azure's defaults are.</summary>
    public static JsonObject Build(NewScaleSetOptions options)
    {
        var policy = new JsonObject { ["mode"] = options.UpgradeMode };
        if (Wanted(options) is { } rolling)
            policy["rollingUpgradePolicy"] = Body(rolling);
        return policy;
    }

    /// <summary>How rolling upgrades go, as Azure is told.</summary>
    public static JsonObject Body(RollingPolicyOptions rolling) => new()
    {
        ["maxBatchInstancePercent"] = rolling.MaxBatchPercent,
        ["maxUnhealthyInstancePercent"] = rolling.MaxUnhealthyPercent,
        ["maxUnhealthyUpgradedInstancePercent"] = rolling.MaxUnhealthyUpgradedPercent,
        ["pauseTimeBetweenBatches"] = XmlConvert.ToString(rolling.PauseBetweenBatches),
    };

    /// <summary>The policy of rolling upgrades that a set is to have; null: its mode is another.</summary>
    public static RollingPolicyOptions? Wanted(NewScaleSetOptions options) =>
        string.Equals(options.UpgradeMode, "Rolling", StringComparison.OrdinalIgnoreCase) ? options.RollingPolicy ?? new RollingPolicyOptions() : null;

    /// <summary>The policy of rolling upgrades that a set has; null: its mode is another.</summary>
    public static RollingPolicyOptions? Read(JsonElement set)
    {
        if (!string.Equals(set.Text("properties", "upgradePolicy", "mode"), "Rolling", StringComparison.OrdinalIgnoreCase))
            return null;

        JsonElement policy = set.Find("properties", "upgradePolicy", "rollingUpgradePolicy") ?? default;
        var azure = new RollingPolicyOptions();
        return new RollingPolicyOptions
        {
            MaxBatchPercent = policy.Number("maxBatchInstancePercent") ?? azure.MaxBatchPercent,
            MaxUnhealthyPercent = policy.Number("maxUnhealthyInstancePercent") ?? azure.MaxUnhealthyPercent,
            MaxUnhealthyUpgradedPercent = policy.Number("maxUnhealthyUpgradedInstancePercent") ?? azure.MaxUnhealthyUpgradedPercent,
            PauseBetweenBatches = policy.Text("pauseTimeBetweenBatches") is { } pause ? XmlConvert.ToTimeSpan(pause) : azure.PauseBetweenBatches,
        };
    }

    /// <summary>A policy in words, to tell one from another.</summary>
    public static string Describe(RollingPolicyOptions? policy) => policy is null ? "none"
        : $"{policy.MaxBatchPercent}/{policy.MaxUnhealthyPercent}/{policy.MaxUnhealthyUpgradedPercent} % with a pause of {policy.PauseBetweenBatches}";
}
