using System.Globalization;
using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Fleets;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.ImageTests;

/// <summary>Tests one image: machines of it in a temporary group, which goes whatever comes.</summary>
internal sealed class ImageTest
{
    private readonly Operation _operation;
    private readonly TestImageOptions _options;
    private readonly ResourceId _image;
    private readonly TestGroup _group;
    private readonly TimeSpan _limit;

    /// <param name="operation">The running command.</param>
    /// <param name="options">What is tested, and how.</param>
    /// <param name="limit">How long the command may run.</param>
    /// <exception cref="ImageCmdletsException">InvalidResourceId.</exception>
    public ImageTest(Operation operation, TestImageOptions options, TimeSpan limit)
    {
        _operation = operation;
        _options = options;
        _limit = limit;
        _image = ResourceId.TryParse(options.Id) is { } id && (id.Is(ResourceTypes.Image) || id.Is(ResourceTypes.GalleryImageVersion))
            ? id
            : throw new ImageCmdletsException(ErrorIds.InvalidResourceId, $"'{options.Id}' is not the id of an image or image version.", options.Id, "Pass what Get-CustomImage or Get-ImageVersion gives.");
        _group = new TestGroup(operation, options, _image);
    }

    /// <exception cref="ImageCmdletsException">ImageNotFound, ResourceAlreadyExists, and all of New-ImageVM that is not the image's fault.</exception>
    public async Task<ImageTestResult> RunAsync()
    {
        DateTimeOffset begin = _operation.Clock.UtcNow;
        using var progress = new StepProgress(_operation, _image.Text, $"Testing image {_image.Name}");
        progress.Begin("Looking for an earlier run", 0);
        await _group.EndEarlierAsync().ConfigureAwait(false);
        progress.Begin("Checking what is needed", 2);
        IReadOnlyList<VMPlan> plans = await PlanAsync().ConfigureAwait(false);
        ImageTestCheck[] checks;
        try
        {
            await _group.MakeAsync(plans[0].Platform.Location, begin + _limit + ImageTestLimits.Grace, _options.Keep).ConfigureAwait(false);
            progress.Begin($"Testing {plans.Count} machines", 5);
            checks = await TestAsync(plans).ConfigureAwait(false);
        }
        catch (ImageCmdletsException)
        {
            if (_options.Keep)
                _operation.Warning($"The resource group '{_group.Id.Name}' is kept with what was made so far; the same command again removes it first.");
            else
                await RemoveQuietlyAsync().ConfigureAwait(false);
            throw;
        }
        catch (OperationCanceledException)
        {
            _operation.Warning($"The resource group '{_group.Id.Name}' stays: run the same command again, or Get-ImageLeftover and Remove-ImageLeftover, to remove it.");
            throw;
        }

        if (!_options.Keep)
        {
            progress.Begin("Removing the machines", 90);
            await _group.RemoveAsync().ConfigureAwait(false);
        }

        return new ImageTestResult(_image.Text) { Check = checks, KeptResourceGroupName = _options.Keep ? _group.Id.Name : null, Elapsed = _operation.Clock.UtcNow - begin };
    }

    // Machines that differ only in their names: what is said against one is said once.
    private async Task<IReadOnlyList<VMPlan>> PlanAsync()
    {
        string location = _options.Location ?? await LocationAsync().ConfigureAwait(false);
        string? security = _image.Is(ResourceTypes.Image) ? null : (await GalleryImageSource.ResolveAsync(_operation, _image, LocationCatalog.Normalize(location)).ConfigureAwait(false)).SecurityType;
        NewVMOptions[] requests =
        [
            .. Enumerable.Range(1, _options.Count).Select(number => new NewVMOptions
            {
                SubscriptionId = _group.Id.SubscriptionId,
                ResourceGroupName = _group.Id.Name,
                Name = "test" + number.ToString("00", CultureInfo.InvariantCulture),
                Location = location,
                Image = _image.Text,
                Size = _options.Size,
                SecurityType = string.Equals(security, "TrustedLaunch", StringComparison.OrdinalIgnoreCase) ? "TrustedLaunch" : "Standard",
                NoPublicIPAddress = true,
            }),
        ];
        VMPlan first = (await VMPlanner.PlanAsync(_operation, [requests[0]]).ConfigureAwait(false))[0] with { HasBootDiagnostics = true, IsTemporary = true };
        var problems = new Problems();
        await FleetQuota.CheckAsync(_operation, first.Platform, isSpot: false, requests.Length, problems, "pass a smaller -Count, another -Size or another region with -Location").ConfigureAwait(false);
        problems.ThrowIfAny();
        return [.. requests.Select(request => new VMPlan(request, first.Platform) { NewNetwork = first.NewNetwork, NewSubnetId = first.NewSubnetId, HasBootDiagnostics = true, IsTemporary = true })];
    }

    private async Task<string> LocationAsync()
    {
        string version = _image.Is(ResourceTypes.Image) ? ArmApiVersions.Compute : ArmApiVersions.Galleries;
        JsonElement body = (await _operation.Arm.GetAsync(_image.Text, version, _operation.CancellationToken).ConfigureAwait(false)).Body;
        string home = body.Text("location") ?? string.Empty;
        string[] regions = [.. body.Items("properties", "publishingProfile", "targetRegions").Select(region => region.Text("name")).OfType<string>()];
        return regions.Length == 0 || Array.Exists(regions, region => LocationCatalog.Same(region, home)) ? home : regions[0];
    }

    private async Task<ImageTestCheck[]> TestAsync(IReadOnlyList<VMPlan> plans)
    {
        if (plans[0].NewNetwork is { } network)
            await network.BeginAsync(_operation).ConfigureAwait(false);
        var machines = new TestedMachine[plans.Count];
        await _operation.ForEachAsync([.. Enumerable.Range(0, plans.Count)], async (index, own) =>
            machines[index] = await new MachineTest(own, plans[index], _options.Script).RunAsync().ConfigureAwait(false)).ConfigureAwait(false);
        bool isSpecialized = plans[0].Platform.Image.IsSpecialized;
        return [.. machines.SelectMany(machine => machine.Start.Concat(IdentityComparison.Of(machine, machines, isSpecialized)).Concat(machine.Script))];
    }

    // The failure that is under way says more than that of the removal.
    private async Task RemoveQuietlyAsync()
    {
        try
        {
            await _group.RemoveAsync().ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception)
        {
            _operation.Warning($"The resource group '{_group.Id.Name}' could not be removed: {exception.Message} Run the same command again, or Get-ImageLeftover and Remove-ImageLeftover.");
        }
    }
}
