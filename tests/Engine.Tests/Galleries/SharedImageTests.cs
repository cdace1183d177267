using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Fleets;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Sources;
using ImageCmdlets.Engine.Tests.Access;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Tests.Galleries;

/// <summary>Images that somebody else shares: by direct sharing and by a community gallery.</summary>
public sealed class SharedImageTests
{
    private const string Regions = """{"name":"westeurope"},{"name":"eastus"}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/SharedGalleries/s-GAL/Images/web/Versions/1.0.0", "/SharedGalleries/s-GAL/Images/web/Versions/1.0.0")]
    [InlineData("/sharedgalleries/s-GAL/images/web/versions/Latest", "/SharedGalleries/s-GAL/Images/web/Versions/latest")]
    [InlineData("/SharedGalleries/s-GAL/Images/web", "/SharedGalleries/s-GAL/Images/web/Versions/latest")]
    [InlineData("/CommunityGalleries/a.b_c-1/Images/web/", "/CommunityGalleries/a.b_c-1/Images/web/Versions/latest")]
    [InlineData("/SharedGalleries/s-GAL", null)]
    [InlineData("/SharedGalleries/s-GAL/Images/web/Versions", null)]
    [InlineData("/SharedGalleries/s?x=/Images/web/Versions/1.0.0", null)]
    [InlineData("/SharedGalleries/s-GAL/Images/web/Versions/1.0.0/more", null)]
    [InlineData("SharedGalleries/s-GAL/Images/web", null)]
    [InlineData(null, null)]
    public void AnIdIsReadAsAzureWritesIt(string? text, string? id) => Assert.Equal(id, SharedImageId.TryParse(text)?.Text);

    [Theory]
    [InlineData("1.2.0", "1.2.0")]
    [InlineData("latest", "1.10.0")]
    [InlineData(null, "1.10.0")]
    public async Task AMachineIsMadeOfASharedImage(string? version, string made)
    {
        using AccessScene scene = await OpenAsync("Groups");
        string gallery = await ShareAsync(scene);
        string definition = $"/SharedGalleries/{gallery}/Images/web";

        await NewVMAsync(scene, version is null ? definition : $"{definition}/Versions/{version}");
        await NewVMAsync(scene, version is null ? definition : $"{definition}/Versions/{version}");

        JsonNode vm = (await scene.Sandbox.GetAsync(scene.Sandbox.Id("landing", ResourceTypes.VirtualMachine, "web01"), "2023-07-01"))!;
        JsonNode reference = vm["properties"]!["storageProfile"]!["imageReference"]!;
        Assert.Equal($"{definition}/Versions/{made}", (string?)reference["sharedGalleryImageId"]);
        Assert.Null(reference["id"]);
        Assert.Equal("Windows", (string?)vm["properties"]!["storageProfile"]!["osDisk"]!["osType"]);
        Assert.Single(vm["properties"]!["storageProfile"]!["dataDisks"]!.AsArray());
    }

    [Fact]
    public async Task AMachineIsMadeOfAnImageOfACommunityGallery()
    {
        using AccessScene scene = await OpenAsync(null);
        string gallery = await PublishAsync(scene);

        await NewVMAsync(scene, $"/CommunityGalleries/{gallery}/Images/web/Versions/latest");

        JsonNode vm = (await scene.Sandbox.GetAsync(scene.Sandbox.Id("landing", ResourceTypes.VirtualMachine, "web01"), "2023-07-01"))!;
        Assert.Equal($"/CommunityGalleries/{gallery}/Images/web/Versions/1.10.0", (string?)vm["properties"]!["storageProfile"]!["imageReference"]!["communityGalleryImageId"]);
    }

    [Fact]
    public async Task AFleetIsMadeOfASharedImageAndKeepsItsOlderMachines()
    {
        using AccessScene scene = await OpenAsync("Groups");
        string image = $"/SharedGalleries/{await ShareAsync(scene)}/Images/web";
        await NewFleetAsync(scene, image, 2);
        await scene.Gallery.FurnishVersionAsync("1.11.0", regions: Regions);
        var sink = new RecordingSink();
        await NewFleetAsync(scene, image, 3, sink);

        ImageVM[] machines = [.. sink.Items.OfType<ImageVM>().OrderBy(vm => vm.Name, StringComparer.Ordinal)];
        Assert.Equal([$"{image}/Versions/1.10.0", $"{image}/Versions/1.10.0", $"{image}/Versions/1.11.0"], machines.Select(vm => vm.Image));
        Assert.Equal(["westeurope", "eastus", "westeurope"], machines.Select(vm => vm.Location));
        Assert.Equal($"{image.Split('/')[2]}/web/1.11.0", machines[2].ImageName);
    }

    [Fact]
    public async Task WhatIsNotSharedOrNotInTheRegionIsRefusedBeforeAnyChange()
    {
        using AccessScene scene = await OpenAsync("Groups");
        string gallery = await ShareAsync(scene);
        string missing = $"/SharedGalleries/{gallery}/Images/web/Versions/9.0.0";
        string elsewhere = $"/SharedGalleries/{gallery}/Images/web/Versions/1.2.0";
        string before = scene.Sandbox.Fingerprint;

        ImageCmdletsException none = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => NewVMAsync(scene, missing));
        ImageCmdletsException region = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => NewVMAsync(scene, elsewhere, "japaneast"));

        Assert.Equal((ErrorIds.ImageNotFound, missing, before), (none.ErrorId, none.Target, scene.Sandbox.Fingerprint));
        Assert.Equal(ErrorIds.ImageNotFound, region.ErrorId);
        Assert.Contains("or not in japaneast", region.Message, StringComparison.Ordinal);

        await scene.RevokeAsync(new RevokeAccessOptions { Id = scene.GalleryId, AllSharing = true });
        ImageCmdletsException revoked = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => NewVMAsync(scene, elsewhere));
        Assert.Equal(ErrorIds.ImageNotFound, revoked.ErrorId);
        Assert.Contains($"is not shared with the subscription '{scene.Sandbox.Session.SubscriptionId}'", revoked.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AllThatIsSharedIsListedByNumber()
    {
        using AccessScene scene = await OpenAsync("Groups");
        await scene.Gallery.FurnishVersionAsync("2.0.0", regions: Regions, more: ""","excludeFromLatest":true""");
        Assert.Empty(await ListAsync(scene, new SharedImageQuery { Location = "West Europe" }));
        string gallery = await ShareAsync(scene);

        SharedImage[] all = await ListAsync(scene, new SharedImageQuery { Location = "West Europe" });
        SharedImage latest = Assert.Single(await ListAsync(scene, new SharedImageQuery { Location = "eastus", GalleryName = gallery, DefinitionName = "w*", Latest = true }));

        Assert.Equal(["1.0.0", "1.2.0", "1.10.0", "2.0.0"], all.Select(image => image.Name));
        Assert.All(all, image => Assert.Equal((gallery, "web", "westeurope", ImageAccessKind.Subscription), (image.GalleryName, image.DefinitionName, image.Location, image.SharedWith)));
        Assert.Equal([false, false, false, true], all.Select(image => image.ExcludeFromLatest));
        Assert.Equal(($"/SharedGalleries/{gallery}/Images/web/Versions/1.10.0", new Version(1, 10, 0), "eastus"), (latest.Id, latest.Version, latest.Location));
        Assert.Equal(("Windows", "Generalized", "V2", "x64", "Standard"), (latest.OSType, latest.OSState, latest.HyperVGeneration, latest.Architecture, latest.SecurityType));
        Assert.Equal([null, 3], new[] { latest.OSDisk! }.Concat(latest.DataDisk).Select(disk => disk.Lun));
        Assert.NotNull(latest.OSDisk!.DiskSizeGB);
        Assert.NotNull(latest.PublishedDate);
    }

    [Fact]
    public async Task WhatIsSharedWithTheTenantIsListedToo()
    {
        using AccessScene scene = await OpenAsync("Groups");
        await scene.GrantAsync(new GrantAccessOptions { Id = scene.GalleryId, SharedTenantId = [scene.Sandbox.Session.TenantId!] });

        Assert.All(await ListAsync(scene, new SharedImageQuery { Location = "westeurope" }), image => Assert.Equal(ImageAccessKind.Tenant, image.SharedWith));
        Assert.Equal(3, (await ListAsync(scene, new SharedImageQuery { Location = "westeurope" })).Length);
        await ShareAsync(scene);
        Assert.Equal(3, (await ListAsync(scene, new SharedImageQuery { Location = "westeurope" })).Length);
    }

    [Theory]
    [InlineData("nobody-GAL", null, null)]
    [InlineData(null, "db", null)]
    [InlineData(null, "web", "7.0.0")]
    public async Task ANameThatIsNotThereIsAnError(string? gallery, string? definition, string? version)
    {
        using AccessScene scene = await OpenAsync("Groups");
        string shared = await ShareAsync(scene);

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() =>
            ListAsync(scene, new SharedImageQuery { Location = "westeurope", GalleryName = gallery ?? shared, DefinitionName = definition, Version = version }));

        Assert.Equal(ErrorIds.ImageNotFound, error.ErrorId);
        Assert.Contains(gallery ?? version ?? definition!, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACommunityGalleryIsListedByItsPublicName()
    {
        using AccessScene scene = await OpenAsync(null);
        string gallery = await PublishAsync(scene);

        SharedImage image = Assert.Single(await ListAsync(scene, new SharedImageQuery { Location = "westeurope", CommunityGalleryName = gallery, Version = "1.2*" }));
        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => ListAsync(scene, new SharedImageQuery { Location = "westeurope", CommunityGalleryName = "nobody" }));

        Assert.Equal(($"/CommunityGalleries/{gallery}/Images/web/Versions/1.2.0", ImageAccessKind.Community), (image.Id, image.SharedWith));
        Assert.Equal((ErrorIds.ImageNotFound, (object)"nobody"), (error.ErrorId, error.Target));
    }

    [Fact]
    public async Task ASourceShowsWhatCanBecomeOfASharedImage()
    {
        using AccessScene scene = await OpenAsync("Groups");
        string id = $"/SharedGalleries/{await ShareAsync(scene)}/Images/web";
        var sink = new RecordingSink();

        await ImageSourceService.GetAsync(scene.Sandbox.Session, [new GetImageSourceOptions { Source = id, Location = "eastus" }], sink, Token);
        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() =>
            ImageSourceService.GetAsync(scene.Sandbox.Session, [new GetImageSourceOptions { Source = id }], new RecordingSink(), Token));

        ImageSource source = Assert.IsType<ImageSource>(Assert.Single(sink.Items));
        Assert.Equal(($"{id}/Versions/1.10.0", "web 1.10.0", ImageSourceKind.ImageVersion, "eastus"), (source.Source, source.Name, source.Kind, source.Location));
        Assert.Equal([ImageTargetKind.VM], source.Target.Where(target => target.Reason is null).Select(target => target.Target));
        Assert.Equal((ErrorIds.InvalidArgument, (object)id), (error.ErrorId, error.Target));
    }

    private static async Task<AccessScene> OpenAsync(string? permission)
    {
        AccessScene scene = await AccessScene.OpenAsync(permission);
        await scene.Gallery.FurnishVersionAsync("1.10.0", regions: Regions);
        await scene.Gallery.FurnishVersionAsync("1.2.0", regions: Regions);
        return scene;
    }

    private static async Task<string> ShareAsync(AccessScene scene)
    {
        await scene.GrantAsync(new GrantAccessOptions { Id = scene.GalleryId, SharedSubscriptionId = [scene.Sandbox.Session.SubscriptionId] });
        return (string)(await scene.Sandbox.GetAsync(scene.GalleryId, GalleryScene.Version))!["properties"]!["identifier"]!["uniqueName"]!;
    }

    private static async Task<string> PublishAsync(AccessScene scene)
    {
        var publisher = new CommunityPublisher { Uri = "https://contoso.example", Contact = "images@contoso.example", Eula = "https://contoso.example/eula", NamePrefix = "contoso" };
        object[] given = await scene.GrantAsync(new GrantAccessOptions { Id = scene.GalleryId, Community = publisher });
        return given.Cast<ImageAccess>().Single(access => access.Kind == ImageAccessKind.Community).Principal;
    }

    private static Task NewVMAsync(AccessScene scene, string image, string location = "westeurope") => VMService.NewAsync(scene.Sandbox.Session,
        [new NewVMOptions { ResourceGroupName = "landing", Name = "web01", Location = location, Image = image }], new RunOptions(), new RecordingSink(), Token);

    private static Task NewFleetAsync(AccessScene scene, string image, int count, RecordingSink? sink = null) => FleetService.NewAsync(scene.Sandbox.Session,
        new NewFleetOptions { NamePrefix = "web", Count = count, Location = ["westeurope", "eastus"], Machine = new NewVMOptions { ResourceGroupName = "fleet", Name = "web", Image = image } },
        new RunOptions(), sink ?? new RecordingSink(), Token);

    private static async Task<SharedImage[]> ListAsync(AccessScene scene, SharedImageQuery query)
    {
        var sink = new RecordingSink();
        await SharedImageService.GetAsync(scene.Sandbox.Session, query, sink, Token);
        return [.. sink.Items.Cast<SharedImage>()];
    }
}
