using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Tags;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>PUT and PATCH of scale sets: the model, the capacity, and what both mean for the instances.</summary>
internal static class ScaleSetWrite
{
    public static ArmResponse Put(RequestContext context) => context.Existing is null ? Create(context) : Update(context);

    public static ArmResponse Update(RequestContext context)
    {
        ResourceEntry set = context.Resource;
        TagRules.Check(context.Body.Object("tags"));
        ScaleSetRules.CheckFree(context.World, set);
        ScaleSetRules.CheckFixed(context, set);
        JsonObject draft = ScaleSetBodies.After(context, null);
        ScaleSetRules.CheckSet(context, draft);
        ScaleSetDraft? model = Model(context, draft, created: false);

        string? before = set.State.Text(ScaleSetFacts.ModelKey);
        set.Body = ScaleSetBodies.After(context, model);
        Keep(context, set, model);
        if (model is not null && NamesImage(context.Body))
            ScaleSetModel.MoveOn(context.World, set, model.Source, isSame: before == set.State.Text(ScaleSetFacts.ModelKey));
        var change = new ScaleSetChange(context, set, model);
        change.Scale();
        bool changed = before is not null && before != set.State.Text(ScaleSetFacts.ModelKey);
        if (changed) change.Upgrade();
        return Begin(context, set, change, ScaleSetProfiles.Update, 200, "Updating");
    }

    private static ArmResponse Create(RequestContext context)
    {
        TagRules.Check(context.Body.Object("tags"));
        JsonObject draft = ScaleSetBodies.After(context, null);
        ScaleSetRules.CheckSet(context, draft);
        ScaleSetDraft? model = Model(context, draft, created: true);
        string id = context.Target!.ToString();
        ArmError? refusal = model is null ? null : VmCreation.Purchase(model.Machine, model.Source, id);

        var set = new ResourceEntry(id, VmFacts.ScaleSetType, ScaleSetBodies.After(context, model));
        Keep(context, set, model);
        if (model is not null) ScaleSetModel.MoveOn(context.World, set, model.Source, isSame: false);
        if (model is not null && !ScaleSetFacts.IsFlexible(set))
            new InstanceFactory(model.Machine, set, model.Source, model.Size).Check();
        context.World.Store.Put(set);
        var change = new ScaleSetChange(context, set, model);
        if (refusal is null)
            change.Scale();
        else
            change.Refuse(refusal);
        return Begin(context, set, change, ScaleSetProfiles.Create, 201, "Creating");
    }

    // Everything that may be refused; null for a flexible set that has no model yet.
    private static ScaleSetDraft? Model(RequestContext context, JsonObject draft, bool created)
    {
        if (draft.Object(ScaleSetFacts.ProfilePath) is null) return null;
        RequestContext machine = ScaleSetModel.AsMachine(context, draft);
        VmSource source = VmSources.Resolve(machine);
        VmSize size = ScaleSetRules.Size(machine, draft, source);
        bool secret = context.Body.Text($"{ScaleSetFacts.ProfilePath}.osProfile.adminPassword") is not null;
        bool generalized = !created && context.Existing?.Body.Object($"{ScaleSetFacts.ProfilePath}.osProfile") is not null;
        if (source.IsSpecialized && generalized) throw ScaleSetErrors.SpecializedImage(context.Target!.Name);
        if (source.IsSpecialized && machine.Body.Object("properties.osProfile") is not null)
            throw VmRequestErrors.ParameterNotAllowed("osProfile");
        if (source.Attached is null && !source.IsSpecialized && (created || secret))
            OsProfileRules.Check(machine.Body.Object("properties.osProfile"), source.OsType == "Windows", prefix: true);
        ScaleSetRules.CheckNetworks(machine);
        VmRules.CheckPlan(machine);
        return new ScaleSetDraft(machine, source, size);
    }

    private static bool NamesImage(JsonObject body) => body.Object($"{ScaleSetFacts.ProfilePath}.storageProfile.imageReference") is not null;

    private static void Keep(RequestContext context, ResourceEntry set, ScaleSetDraft? model)
    {
        if (context.Body.Text($"{ScaleSetFacts.ProfilePath}.osProfile.customData") is { } custom)
            set.State["customData"] = custom;
        if (context.Body.Text($"{ScaleSetFacts.ProfilePath}.userData") is { } user) set.State["userData"] = user;
        foreach (JsonObject extension in context.Body.Items($"{ScaleSetFacts.ProfilePath}.extensionProfile.extensions"))
        {
            if (extension.Object("properties.protectedSettings") is { } secret && extension.Text("name") is { } name)
                set.State.Ensure(InstanceExtensions.SecretsKey)[name] = secret.DeepClone();
        }

        if (model is not null) ScaleSetModel.Keep(set, model.Source);
    }

    private static ArmResponse Begin(
        RequestContext context, ResourceEntry set, ScaleSetChange change, OperationProfile profile, int status, string state)
    {
        if (change.Duration > profile.Duration || (status == 201 && change.Failed))
            profile = profile with { Duration = change.Duration };
        VmChanges.Begin(set, state);
        string location = context.Body.Text("location") ?? set.Location!;
        LongRunningOperation operation =
            context.Begin(ScaleSetEnd.WriteKind, profile, set.Id, location, change.ToArguments());
        return context.Accepted(operation, profile, status, ScaleSetViews.Show(context, set));
    }
}
