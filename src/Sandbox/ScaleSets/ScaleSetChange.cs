using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>What a request does to the instances of a set at once; <see cref="ScaleSetEnd"/> does the rest.</summary>
/// <param name="context">The request.</param>
/// <param name="set">The set with its new body, in the store.</param>
/// <param name="model">The model; null for a flexible set without.</param>
internal sealed class ScaleSetChange(RequestContext context, ResourceEntry set, ScaleSetDraft? model)
{
    // A refusal by the marketplace comes soon; not recorded with times.
    private static readonly TimeSpan s_purchase = TimeSpan.FromSeconds(10);

    private readonly JsonObject _arguments = JsonText.NewObject();

    /// <summary>How long everything takes that was begun.</summary>
    public TimeSpan Duration { get; private set; }

    /// <summary>Whether it is known already that the operation will fail.</summary>
    public bool Failed { get; private set; }

    /// <summary>What the end of the operation has to know.</summary>
    public JsonObject ToArguments() => _arguments;

    /// <summary>Nothing is made; the operation will tell why.</summary>
    public void Refuse(ArmError refusal)
    {
        _arguments["refusal"] = refusal.ToJson();
        Failed = true;
        Duration = s_purchase;
    }

    /// <summary>Makes the instances that are missing, or sends those away that are too many.</summary>
    public void Scale()
    {
        if (model is null) return;
        ResourceEntry[] present =
            [.. ScaleSetFacts.Instances(context.World, set).Where(static i => i.ProvisioningState != "Deleting")];
        int missing = ScaleSetFacts.Capacity(set) - present.Length;
        if (missing < 0)
            Shrink(present, -missing);
        else if (missing > 0)
            Grow(missing);
    }

    /// <summary>Brings the instances to a new model, as the upgrade policy says.</summary>
    public void Upgrade()
    {
        ResourceEntry[] outdated =
            [.. ScaleSetFacts.Instances(context.World, set).Where(i => i.ProvisioningState != "Deleting" &&
                !ScaleSetFacts.IsLatest(set, i) && !Protection.FromActions(i))];
        if (outdated.Length == 0 || ScaleSetFacts.IsFlexible(set)) return;
        switch (ScaleSetFacts.UpgradeMode(set))
        {
            case "Automatic":
                foreach (ResourceEntry instance in outdated)
                    Longest(InstanceUpgrade.Apply(context.World, set, instance, context.Now));
                Remember("upgraded", outdated, "Updating");
                break;
            case "Rolling":
                RollingUpgrade.Start(context.World, set, "model");
                _arguments["rolling"] = true;
                break;
        }
    }

    private void Grow(int missing)
    {
        if (ScaleSetFacts.IsFlexible(set))
        {
            FlexibleMachines.Make(context, set, missing, _arguments);
            Longest(ScaleSetProfiles.Create.Duration);
            return;
        }

        int extra = set.Body.Flag("properties.overprovision") == true ? (missing + 4) / 5 : 0;
        IReadOnlyList<string> numbers = ScaleSetFacts.TakeNumbers(set, missing + extra);
        TimeSpan boot = new InstanceFactory(model!.Machine, set, model.Source, model.Size).Make(numbers);
        Longest(boot > ScaleSetProfiles.Create.Duration ? boot : ScaleSetProfiles.Create.Duration);
        foreach (string number in Surplus(numbers, extra))
            context.World.Store.Find($"{set.Id}/virtualMachines/{number}")!.State[ScaleSetFacts.ExtraKey] = true;
    }

    // Which machines come up last is chance, so chance decides whose numbers are missing in the end.
    private IEnumerable<string> Surplus(IReadOnlyList<string> numbers, int extra)
    {
        byte[] lots = context.World.Ids.Derive($"overprovision|{set.Id}|{numbers[0]}", numbers.Count);
        return numbers.Select((number, i) => (Number: number, Lot: lots[i])).OrderBy(static n => n.Lot).Take(extra)
            .Select(static n => n.Number);
    }

    private void Shrink(ResourceEntry[] present, int count)
    {
        IReadOnlyList<ResourceEntry> gone = ScaleIn.Choose(set, present, count);
        InstanceRemoval.Begin(context.World, gone);
        Remember("removed", gone, "Deleting");
        Longest(ScaleSetProfiles.DeleteInstances.Duration);
        set.Body.Ensure("sku")["capacity"] = present.Length - gone.Count;
    }

    private void Remember(string list, IEnumerable<ResourceEntry> instances, string state)
    {
        var ids = new JsonArray();
        foreach (ResourceEntry instance in instances)
        {
            ids.Add((JsonNode)instance.Id);
            VmChanges.Begin(instance, state);
        }

        _arguments[list] = ids;
    }

    private void Longest(TimeSpan duration)
    {
        if (duration > Duration) Duration = duration;
    }
}
