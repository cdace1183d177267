namespace ImageCmdlets.Engine.Tests.Vms;

/// <summary>What New-ImageVM refuses, before anything is changed.</summary>
public sealed class VMRefusalTests
{
    public static TheoryData<string, NewVMOptions> Refusals() => new()
    {
        { ErrorIds.InvalidImageUrn, With("Canonical:ubuntu-24_04-lts:server") },
        { ErrorIds.InvalidImageUrn, With("Canonical:ubuntu 24:server:latest") },
        { ErrorIds.InvalidImageReference, With("/subscriptions/10000000-0000-4000-8000-000000000001/resourceGroups/images/providers/Microsoft.Compute/snapshots/s") },
        { ErrorIds.InvalidImageReference, With("web-*") },
        { ErrorIds.MarketplaceImageNotFound, With("Canonical:ubuntu-24_04-lts:server:1.2.3") },
        { ErrorIds.MarketplaceImageNotFound, With("Canonical:ubuntu-24_04-lts:server:9*") },
        { ErrorIds.MarketplaceImageNotFound, With("nobody:ubuntu-24_04-lts:server:latest") },
        { ErrorIds.ImageNotFound, With("golden") },
        { ErrorIds.InvalidLocation, With(VMWorld.Linux, location: "westeurop") },
        { ErrorIds.InvalidVMSize, With(VMWorld.Linux, size: "Standard_D2s_v9") },
        { ErrorIds.SkuNotAvailable, With("Canonical:ubuntu-24_04-lts:server-arm64:latest", location: "japanwest") },
        { ErrorIds.ArchitectureMismatch, With(VMWorld.Linux, size: "Standard_D2ps_v5") },
        { ErrorIds.HyperVGenerationMismatch, With(VMWorld.Linux, size: "Standard_A2_v2") },
        { ErrorIds.HyperVGenerationMismatch, With("Canonical:ubuntu-24_04-lts:server-gen1:latest", size: "Standard_NC24ads_A100_v4") },
        { ErrorIds.SecurityTypeNotSupported, With("Canonical:ubuntu-24_04-lts:server-gen1:latest", security: "TrustedLaunch") },
        { ErrorIds.InvalidArgument, With(VMWorld.Linux, security: "Trusted") },
        { ErrorIds.MarketplaceTermsNotAccepted, With("kinvolk:flatcar-container-linux-free:stable-gen2:latest") },
        { ErrorIds.PurchasePlanMismatch, With(VMWorld.Linux, plan: new PurchasePlan("a", "b", "c")) },
        { ErrorIds.ZoneNotSupported, With(VMWorld.Linux, zone: "4") },
        { ErrorIds.ZoneNotSupported, With(VMWorld.Linux, location: "westus", zone: "1") },
        { ErrorIds.InvalidDiskSize, With(VMWorld.Linux, disks: [0]) },
        { ErrorIds.DataDiskLimitExceeded, With(VMWorld.Linux, disks: [1, 1, 1, 1, 1]) },
        { ErrorIds.InvalidPassword, With(VMWorld.Linux, user: "admin") },
        { ErrorIds.InvalidResourceName, With(VMWorld.Linux, name: "web-") },
        { ErrorIds.InvalidResourceName, With(VMWorld.Linux, group: "my group") },
        { ErrorIds.ResourceGroupNotFound, With(VMWorld.Linux, location: null, group: "other") },
        { ErrorIds.ResourceNotFound, With(VMWorld.Linux, subnet: "hub") },
        { ErrorIds.InvalidResourceId, With(VMWorld.Linux, subnet: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/hub") },
        { ErrorIds.InvalidArgument, With(VMWorld.Linux, computerName: "web_01") },
    };

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public async Task IsRefusedAndNothingIsChanged(string errorId, NewVMOptions request)
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.MakeGroupAsync();
        string before = world.Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => world.NewAsync(request));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal(before, world.Fingerprint);
        Assert.NotNull(error.Target);
        Assert.NotEmpty(error.RecommendedAction);
    }

    [Fact]
    public async Task EverythingThatIsWrongIsSaidAtOnce()
    {
        using VMWorld world = await VMWorld.OpenAsync();

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => world.NewAsync(
            With("Canonical:ubuntu-24_04-lts:server-gen1:latest", size: "Standard_NC24ads_A100_v4", security: "TrustedLaunch", zone: "9")));

        Assert.Equal(ErrorIds.SecurityTypeNotSupported, error.ErrorId);
        Assert.Contains("does not support Trusted Launch", error.Message, StringComparison.Ordinal);
        Assert.Contains("boots generation V2", error.Message, StringComparison.Ordinal);
        Assert.Contains("not '9'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("westeurop", "westeurope")]
    [InlineData("japan", "japaneast, japanwest")]
    public async Task AMistypedRegionIsAnsweredWithTheOnesMeant(string location, string proposed)
    {
        using VMWorld world = await VMWorld.OpenAsync();

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => world.NewAsync(With(VMWorld.Linux, location: location)));

        Assert.Contains(proposed, error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatSomebodyElseMadeIsNotTakenOver()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.MakeGroupAsync();
        await world.PutAsync(world.Id(ResourceTypes.NetworkSecurityGroup, "web01NSG"), VMWorld.Network, """{"location":"westeurope","properties":{"securityRules":[]}}""");
        string before = world.Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => world.NewAsync(VMWorld.Request("web01")));

        Assert.Equal(ErrorIds.ResourceAlreadyExists, error.ErrorId);
        Assert.Equal(world.Id(ResourceTypes.NetworkSecurityGroup, "web01NSG"), error.Target);
        Assert.Equal(before, world.Fingerprint);
    }

    [Fact]
    public async Task AMachineOfAnotherImageIsNotTheSameCommand()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.NewAsync(VMWorld.Request("vm1"));
        string before = world.Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => world.NewAsync(VMWorld.Request("vm1", VMWorld.Windows)));

        Assert.Equal(ErrorIds.ResourceAlreadyExists, error.ErrorId);
        Assert.Equal(before, world.Fingerprint);
    }

    private static NewVMOptions With(string image, string? location = "westeurope", string? size = null, string security = "Standard", PurchasePlan? plan = null,
        string? zone = null, int[]? disks = null, string? user = null, string name = "web01", string group = "images", string? subnet = null, string? computerName = null) => new()
    {
        ResourceGroupName = group,
        Name = name,
        Location = location,
        Image = image,
        Size = size,
        SecurityType = security,
        Plan = plan,
        Zone = zone,
        DataDiskSizeGB = disks ?? [],
        AdminUserName = user,
        Subnet = subnet,
        ComputerName = computerName,
    };
}
