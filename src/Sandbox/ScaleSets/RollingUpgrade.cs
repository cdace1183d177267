using System.Text.Json.Nodes;
using System.Xml;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>
/// A rolling upgrade: batch after batch, health looked at before and after each, stopped by the policy's limits. It goes on by
/// itself; how it stands is kept in the set's state.
/// </summary>
internal static class RollingUpgrade
{
    private const string Kind = "ScaleSets.Rolling";
    private const string Mark = "#rolling";
    private const string Key = "rolling";
    private const int DefaultPercent = 20;

    /// <summary>Registers what happens between batches.</summary>
    public static void Register(SandboxRegistry registry) =>
        registry.Effect(Kind, new OperationEffect(Woken) { Failed = static _ => { } });

    /// <summary>How the latest upgrade stands; null when there was none.</summary>
    public static JsonObject? Latest(ResourceEntry set) => set.State.Object(Key);

    public static bool IsRunning(ResourceEntry set) => Latest(set).Text("code") == "RollingForward";

    /// <summary>Begins an upgrade of all instances that are not as the model wants them.</summary>
    /// <param name="world">The world.</param>
    /// <param name="set">The set.</param>
    /// <param name="kind">What is upgraded: <c>model</c>, <c>os</c> or <c>extension</c>.</param>
    public static void Start(SandboxWorld world, ResourceEntry set, string kind)
    {
        DateTimeOffset now = world.Now;
        JsonObject upgrade = JsonText.NewObject();
        upgrade["code"] = "RollingForward";
        upgrade["kind"] = kind;
        upgrade["startTime"] = ArmTime.Format(now);
        upgrade["lastAction"] = "Start";
        upgrade["lastActionTime"] = ArmTime.Format(now);
        upgrade["policy"] = set.Body.Object("properties.upgradePolicy.rollingUpgradePolicy")?.DeepClone() ?? JsonText.NewObject();
        if (set.State.Object(ScaleSetFacts.ReferenceKey) is { } target) upgrade["target"] = target.DeepClone();
        foreach (string list in new[] { "successful", "failed", "inProgress" }) upgrade[list] = new JsonArray();
        set.State[Key] = upgrade;
        Next(world, set, now);
    }

    /// <summary>Lets the running batch be the last one.</summary>
    public static void Cancel(ResourceEntry set, DateTimeOffset now)
    {
        JsonObject upgrade = Latest(set)!;
        upgrade["lastAction"] = "Cancel";
        upgrade["lastActionTime"] = ArmTime.Format(now);
        if (Ids(upgrade, "inProgress").Count == 0) End(set, "Cancelled", null, now);
    }

    /// <summary>Ids in one of the lists: <c>successful</c>, <c>failed</c>, <c>inProgress</c>.</summary>
    public static IReadOnlyList<string> Ids(JsonObject? upgrade, string list) =>
        [.. upgrade.Array(list)?.Select(static id => id!.ToString()) ?? []];

    /// <summary>Instances that the upgrade has yet to reach.</summary>
    public static IReadOnlyList<ResourceEntry> Pending(SandboxWorld world, ResourceEntry set) =>
    [
        .. ScaleSetFacts.Instances(world, set).Where(i => !ScaleSetFacts.IsLatest(set, i) &&
            !Protection.FromActions(i) && !Ids(Latest(set), "failed").Contains(ScaleSetFacts.InstanceId(i))),
    ];

    private static void Woken(OperationContext context)
    {
        context.World.Operations.Forget(context.Operation.Id);
        string id = context.Operation.SubjectId;
        ResourceEntry? set = context.World.Store.Find(id.Substring(0, id.Length - Mark.Length), VmFacts.ScaleSetType);
        if (set is not null && IsRunning(set)) Next(context.World, set, context.Now);
    }

    private static void Next(SandboxWorld world, ResourceEntry set, DateTimeOffset now)
    {
        JsonObject upgrade = Latest(set)!;
        if (Ids(upgrade, "inProgress").Count > 0)
        {
            if (FinishBatch(world, set, upgrade, now) is { } failure)
            {
                End(set, "Faulted", failure, now);
                return;
            }

            if (upgrade.Text("lastAction") == "Cancel")
            {
                End(set, "Cancelled", null, now);
                return;
            }

            if (Pending(world, set).Count > 0 && Pause(upgrade) is { } pause && pause > TimeSpan.Zero)
            {
                Wake(world, set, now + pause);
                return;
            }
        }

        BeginBatch(world, set, upgrade, now);
    }

    private static void BeginBatch(SandboxWorld world, ResourceEntry set, JsonObject upgrade, DateTimeOffset now)
    {
        IReadOnlyList<ResourceEntry> all = ScaleSetFacts.Instances(world, set), pending = Pending(world, set);
        if (pending.Count == 0)
        {
            End(set, "Completed", null, now);
            return;
        }

        int unhealthy = Percent(all.Count(i => !ScaleSetHealth.IsHealthy(i, now)), all.Count);
        long limit = Limit(upgrade, "maxUnhealthyInstancePercent");
        if (unhealthy > limit)
        {
            bool before = Ids(upgrade, "successful").Count + Ids(upgrade, "failed").Count == 0;
            End(set, "Faulted", ScaleSetErrors.Unhealthy(before, unhealthy, limit), now);
            return;
        }

        int size = Math.Max(1, (int)(all.Count * Limit(upgrade, "maxBatchInstancePercent") / 100));
        bool sickFirst = upgrade.Flag("policy.prioritizeUnhealthyInstances") == true;
        ResourceEntry[] batch =
        [
            .. pending.OrderBy(i => sickFirst && ScaleSetHealth.IsHealthy(i, now) ? 1 : 0)
                .ThenBy(static i => i.Body.Array("zones")?.FirstOrDefault()?.ToString(), StringComparer.Ordinal)
                .Take(size),
        ];
        TimeSpan duration = TimeSpan.Zero;
        foreach (ResourceEntry instance in batch)
        {
            TimeSpan taken = InstanceUpgrade.Apply(world, set, instance, now);
            if (taken > duration) duration = taken;
            VmChanges.Begin(instance, "Updating");
        }

        upgrade["inProgress"] = List(batch.Select(ScaleSetFacts.InstanceId));
        Wake(world, set, now + duration);
    }

    // Instances that are gone meanwhile count neither way.
    private static ArmError? FinishBatch(SandboxWorld world, ResourceEntry set, JsonObject upgrade, DateTimeOffset now)
    {
        string[] batch = [.. Ids(upgrade, "inProgress")];
        upgrade["inProgress"] = new JsonArray();
        List<string> successful = [.. Ids(upgrade, "successful")], failed = [.. Ids(upgrade, "failed")];
        foreach (ResourceEntry instance in ScaleSetFacts.Instances(world, set)
                     .Where(i => batch.Contains(ScaleSetFacts.InstanceId(i))))
        {
            ScaleSetEnd.Finish(world, instance, now);
            (ScaleSetHealth.IsHealthy(instance, now) ? successful : failed).Add(ScaleSetFacts.InstanceId(instance));
        }

        upgrade["successful"] = List(successful);
        upgrade["failed"] = List(failed);
        long limit = Limit(upgrade, "maxUnhealthyUpgradedInstancePercent");
        int percent = Percent(failed.Count, successful.Count + failed.Count);
        return percent > limit ? ScaleSetErrors.UnhealthyUpgraded(percent, limit, failed[0]) : null;
    }

    private static void End(ResourceEntry set, string code, ArmError? error, DateTimeOffset now)
    {
        JsonObject upgrade = Latest(set)!;
        upgrade["code"] = code;
        upgrade["endTime"] = ArmTime.Format(now);
        if (error is not null) upgrade["error"] = error.ToJson();
        JsonArray history = set.State.Array("history") ?? [];
        history.Insert(0, upgrade.DeepClone());
        set.State["history"] = history.Parent is null ? history : history.DeepClone();
    }

    private static void Wake(SandboxWorld world, ResourceEntry set, DateTimeOffset at) =>
        world.Operations.Wake(Kind, set.SubscriptionId, set.Id + Mark, at);

    private static TimeSpan? Pause(JsonObject upgrade) =>
        upgrade.Text("policy.pauseTimeBetweenBatches") is { } text ? XmlConvert.ToTimeSpan(text) : null;

    private static long Limit(JsonObject upgrade, string name) => upgrade.Number($"policy.{name}") ?? DefaultPercent;

    private static int Percent(int part, int whole) => whole == 0 ? 0 : part * 100 / whole;

    private static JsonArray List(IEnumerable<string> ids) => new([.. ids.Select(static id => (JsonNode)id)]);
}
