using System.Text.Json;
using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Marketplace;

/// <summary>Makes a <see cref="PurchasePlan"/> of Azure's <c>plan</c> or <c>purchasePlan</c>.</summary>
internal static class PlanMapper
{
    /// <summary>The plan; null unless all three parts are there.</summary>
    public static PurchasePlan? Map(JsonElement? plan) =>
        plan is { } found && found.Text("publisher") is { } publisher && found.Text("product") is { } product && found.Text("name") is { } name
            ? new PurchasePlan(publisher, product, name)
            : null;
}
