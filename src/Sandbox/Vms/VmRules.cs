using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Locations;
using ImageCmdlets.Sandbox.Marketplace;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>What Azure looks at before it makes or changes a machine.</summary>
internal static class VmRules
{
    /// <summary>The size that a request names, offered in the region and within the quota.</summary>
    public static VmSize Size(RequestContext context, string? name, string location, int count = 1)
    {
        if (name is null) throw ComputeErrors.Missing("hardwareProfile.vmSize");
        VmSize size = VmSizeCatalogue.Find(name) ?? throw VmRequestErrors.UnknownSize(
            name, VmSizeCatalogue.Sizes.Where(s => s.IsOfferedIn(location)).Select(static s => s.Name));
        if (!size.IsOfferedIn(location)) throw VmRequestErrors.SizeNotAvailable(size.Name, location);
        string? priority = context.Body.Text("properties.priority") ?? context.Existing?.Body.Text("properties.priority");
        VmQuota.Check(
            context.World,
            context.SubscriptionId,
            location,
            size,
            context.Target!.ToString(),
            count,
            spot: priority is "Spot" or "Low");
        return size;
    }

    /// <summary>Generation, processor and security type have to fit the size.</summary>
    public static void CheckFit(VmSize size, string generation, string architecture)
    {
        if (!string.Equals(size.Architecture, architecture, StringComparison.OrdinalIgnoreCase))
            throw VmRequestErrors.Architecture(size.Name, size.Architecture, architecture);
        if (!size.Boots(generation)) throw VmRequestErrors.Generation(size.Name, generation);
    }

    /// <summary>Trusted Launch needs an image that supports it; UEFI settings need generation 2.</summary>
    public static void CheckSecurity(JsonObject body, VmSource source)
    {
        string? type = body.Text("properties.securityProfile.securityType");
        if (type is not null and not ("Standard" or "TrustedLaunch" or "ConfidentialVM"))
            throw ComputeErrors.Invalid("securityProfile.securityType");
        // A disk that is attached must be one of trusted launch itself.
        bool supported = source.SupportsTrustedLaunch || source.OsDisk.SecurityType == "TrustedLaunch";
        if (type is "TrustedLaunch" or "ConfidentialVM" && (source.Generation != "V2" || !supported))
            throw VmRequestErrors.TrustedLaunchUnsupported();
        if (body.Object("properties.securityProfile.uefiSettings") is not null && source.Generation != "V2")
            throw VmRequestErrors.UefiNeedsGeneration2();
    }

    /// <summary>
    /// The plan of a request: sold by somebody, its terms accepted. Whether the image needs it is found out later.
    /// </summary>
    public static void CheckPlan(RequestContext context)
    {
        if (context.Body.Object("plan") is not { } plan) return;
        string publisher = plan.Text("publisher") ?? throw ComputeErrors.Missing("plan.publisher");
        string product = plan.Text("product") ?? throw ComputeErrors.Missing("plan.product");
        string name = plan.Text("name") ?? throw ComputeErrors.Missing("plan.name");
        MarketplacePlan known = MarketplaceCatalogue.Default.FindPlan(publisher, product, name)
            ?? throw MarketplaceErrors.OfferNotFound(publisher, product);
        if (!AgreementSubject.IsAccepted(context.World, context.SubscriptionId, known))
            throw MarketplaceErrors.TermsNotAccepted();
    }

    /// <summary>Zones: the region has them, there are three, and the size is offered there.</summary>
    public static void CheckZones(RequestContext context, VmSize size)
    {
        if (context.Body.Array("zones") is not { Count: > 0 } zones) return;
        string location = context.Location, type = context.Operation.Type.Name;
        if (Regions.Find(location)?.HasZones != true) throw VmRequestErrors.NoZones(type, location, context.ApiVersion);
        string[] asked = [.. zones.Select(static z => z?.ToString() ?? string.Empty)];
        if (asked.Except(["1", "2", "3"]).Any())
            throw VmRequestErrors.UnknownZones(asked, context.Target!.TypeAndNames, location);
        if (!size.Zones)
            throw VmRequestErrors.SizeNotInZones(context.Target!.ToString(), location, asked, context.SubscriptionId);
    }

    /// <summary>Priority, eviction policy and price of a machine or of a scale set's profile.</summary>
    public static void CheckPriority(JsonObject? profile)
    {
        string priority = profile.Text("priority") ?? "Regular";
        // Words are read in any casing (Microsoft's own example of a set of spot machines writes "spot").
        if (priority.ToUpperInvariant() is not ("REGULAR" or "SPOT" or "LOW")) throw ComputeErrors.Invalid("priority");
        string? eviction = profile.Text("evictionPolicy");
        if (eviction is not null and not ("Deallocate" or "Delete")) throw ComputeErrors.Invalid("evictionPolicy");
        if (priority != "Regular") return;
        if (eviction is not null) throw VmRequestErrors.OnlyForSpot("evictionPolicy");
        if (profile.Object("billingProfile") is not null) throw VmRequestErrors.OnlyForSpot("billingProfile");
    }

    /// <summary>
    /// Whether the caller of a running operation has to be sent away. A run command does not count: it is ended.
    /// </summary>
    public static void CheckFree(RequestContext context, ResourceEntry vm, string operation)
    {
        if (VmFacts.IsInstance(vm) && context.World.Operations.Pending(ResourceId.TryParse(vm.Id)!.Parent!.ToString()) is not null)
            throw ComputeErrors.Conflict();
        if (context.World.Operations.Pending(vm.Id) is not { } pending || pending.Kind == VmRunCommands.Kind) return;
        throw pending.Kind switch
        {
            VmDeletion.Kind => VmErrors.MarkedForDeletion(operation, vm.Name),
            VmDiskConversion.Kind => VmErrors.BeingConverted(vm.Name),
            _ when VmPowerChange.Between(pending.Kind, operation) is { } state => VmErrors.ChangingPower(operation, vm.Name, state),
            _ => VmErrors.Busy(operation, vm.Name),
        };
    }
}
