using System.Text;

namespace ImageCmdlets.Commands;

/// <summary>What <c>-WhatIf</c> says of a copy.</summary>
internal static class CopyPlanText
{
    public static string Of(ImageCopyPlan plan)
    {
        var text = new StringBuilder($"Copy image {NameOf(plan.SourceId)} to {NameOf(plan.Id)} in {GroupOf(plan.Id)}, {plan.Location}: {plan.Method}");
        if (plan.ExpectedDuration > TimeSpan.Zero)
        {
            string size = plan.SizeGB is { } gib ? $", {gib} GiB at most" : string.Empty;
            text.Append(FormattableString.Invariant($" of {(plan.DiskCount == 1 ? "1 disk" : $"{plan.DiskCount} disks")}{size}, about {plan.CallCount} calls, "));
            text.Append(FormattableString.Invariant($"{Math.Ceiling(plan.ExpectedDuration.TotalMinutes):0} minutes or more"));
        }

        for (int i = 0; i < plan.Step.Count; i++)
            text.Append(FormattableString.Invariant($"{Environment.NewLine}  {i + 1}. {plan.Step[i]}"));
        if (plan.Temporary.Count > 0)
            text.Append($"{Environment.NewLine}  Temporaries: {string.Join(", ", plan.Temporary)}");
        return text.ToString();
    }

    private static string NameOf(string id) => ResourceId.TryParse(id)!.Name;

    private static string? GroupOf(string id) => ResourceId.TryParse(id)!.ResourceGroupName;
}
