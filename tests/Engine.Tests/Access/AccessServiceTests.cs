using ImageCmdlets.Engine.Access;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Access;

public sealed class AccessServiceTests
{
    private const string SubscriptionB = "34a4ab42-0d72-47d9-bd1a-aed207386dac";
    private const string TenantB = "2f4a9838-26b7-47ee-be60-ccc1fdec5953";

    [Fact]
    public async Task ARoleIsAssignedOnceHoweverOftenItIsAskedFor()
    {
        using AccessScene scene = await AccessScene.OpenAsync();
        var options = new GrantAccessOptions { Id = scene.Gallery.DefinitionId, PrincipalId = [AccessScene.Somebody, AccessScene.Other], Role = "compute gallery image reader", PrincipalType = "ServicePrincipal" };

        object[] first = await scene.GrantAsync(options);
        string before = scene.Sandbox.Fingerprint;
        object[] second = await scene.GrantAsync(options);

        Assert.Equal(before, scene.Sandbox.Fingerprint);
        Assert.Equal(first.Cast<ImageAccess>().Select(access => access.AssignmentId), second.Cast<ImageAccess>().Select(access => access.AssignmentId));
        Assert.All(first.Cast<ImageAccess>(), access => Assert.Equal(
            (ImageAccessKind.Role, "Compute Gallery Image Reader", "ServicePrincipal", scene.Gallery.DefinitionId, false),
            (access.Kind, access.Role, access.PrincipalType, access.Scope, access.Inherited)));
    }

    [Fact]
    public async Task AnAssignmentThatSomebodyElseMadeCounts()
    {
        using AccessScene scene = await AccessScene.OpenAsync();
        await scene.GrantAsync(scene.GalleryId, "Reader");
        ImageAccess mine = Assert.Single(await scene.GetAsync());
        await scene.RevokeAsync(new RevokeAccessOptions { Id = scene.GalleryId, AssignmentId = [mine.AssignmentId!] });
        string theirs = $"{scene.GalleryId}/providers/Microsoft.Authorization/roleAssignments/50000000-0000-4000-8000-000000000001";
        SandboxResponse made = await scene.Sandbox.SendAsync("PUT", $"{theirs}?api-version=2022-04-01",
            $$$"""{"properties":{"principalId":"{{{AccessScene.Somebody}}}","roleDefinitionId":"/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"} }""");
        Assert.Equal(201, made.Status);

        await scene.GrantAsync(scene.GalleryId, "Reader");

        Assert.Equal(theirs, Assert.Single(await scene.GetAsync()).AssignmentId);
    }

    [Fact]
    public async Task WhatWasGivenAroundSomethingIsInherited()
    {
        using AccessScene scene = await AccessScene.OpenAsync("Groups");
        string version = scene.Gallery.VersionId("1.0.0");
        await scene.GrantAsync(scene.Sandbox.Id("images", ResourceTypes.Gallery, "prod"), "Contributor");
        await scene.GrantAsync(version, "Reader", AccessScene.Other);
        await scene.GrantAsync(new GrantAccessOptions { Id = scene.GalleryId, SharedTenantId = [TenantB] });

        ImageAccess[] access = await scene.GetAsync(version);

        Assert.Equal(
            [(ImageAccessKind.Role, AccessScene.Somebody, true, scene.GalleryId), (ImageAccessKind.Role, AccessScene.Other, false, version), (ImageAccessKind.Tenant, TenantB, true, scene.GalleryId)],
            access.Select(item => (item.Kind, item.Principal, item.Inherited, item.Scope)).OrderBy(item => item.Kind).ThenBy(item => item.Principal));
        RecordingSink sink = await scene.RevokeAsync(new RevokeAccessOptions { Id = version, PrincipalId = [AccessScene.Somebody, AccessScene.Other] });
        Assert.Contains(AccessScene.Somebody, Assert.Single(sink.Warnings));
        Assert.Equal([AccessScene.Somebody, TenantB], (await scene.GetAsync(version)).Select(item => item.Principal).Order(StringComparer.Ordinal).Reverse());
    }

    [Fact]
    public async Task AGalleryIsSharedByOneRequestAndOnlyWithWhomItIsNotYet()
    {
        using AccessScene scene = await AccessScene.OpenAsync("Groups");
        await scene.GrantAsync(new GrantAccessOptions { Id = scene.GalleryId, SharedSubscriptionId = [SubscriptionB] });

        object[] given = await scene.GrantAsync(new GrantAccessOptions { Id = scene.GalleryId, SharedSubscriptionId = [SubscriptionB], SharedTenantId = [TenantB] });
        string before = scene.Sandbox.Fingerprint;
        await scene.GrantAsync(new GrantAccessOptions { Id = scene.GalleryId, SharedSubscriptionId = [SubscriptionB], SharedTenantId = [TenantB] });

        Assert.Equal(before, scene.Sandbox.Fingerprint);
        Assert.Equal([SubscriptionB, TenantB], given.Cast<ImageAccess>().Select(access => access.Principal));
        await scene.RevokeAsync(new RevokeAccessOptions { Id = scene.GalleryId, SharedSubscriptionId = [SubscriptionB] });
        Assert.Equal(TenantB, Assert.Single(await scene.GetAsync()).Principal);
        await scene.RevokeAsync(new RevokeAccessOptions { Id = scene.GalleryId, AllSharing = true });
        Assert.Empty(await scene.GetAsync());
    }

    [Fact]
    public async Task SharingThatIsBeingChangedIsWaitedFor()
    {
        using AccessScene scene = await AccessScene.OpenAsync("Groups");
        var started = Assert.IsType<ImageOperation>(Assert.Single(await scene.GrantAsync(new GrantAccessOptions { Id = scene.GalleryId, SharedTenantId = [TenantB] }, new RunOptions { NoWait = true })));

        await scene.GrantAsync(new GrantAccessOptions { Id = scene.GalleryId, SharedSubscriptionId = [SubscriptionB] });

        Assert.Equal("InProgress", started.State);
        Assert.Equal([SubscriptionB, TenantB], (await scene.GetAsync()).Select(access => access.Principal));
    }

    [Fact]
    public async Task EverybodyIsToldWhoPublishes()
    {
        using AccessScene scene = await AccessScene.OpenAsync();
        ImageCmdletsException refusal = await scene.RefusedAsync(new GrantAccessOptions { Id = scene.GalleryId, Community = new CommunityPublisher { Uri = "https://contoso.example" } });
        Assert.Equal(ErrorIds.InvalidArgument, refusal.ErrorId);
        var publisher = new CommunityPublisher { Uri = "https://contoso.example", Contact = "images@contoso.example", Eula = "https://contoso.example/eula", NamePrefix = "contoso" };

        var access = Assert.IsType<ImageAccess>(Assert.Single(await scene.GrantAsync(new GrantAccessOptions { Id = scene.GalleryId, Community = publisher })));

        Assert.Equal(ImageAccessKind.Community, access.Kind);
        Assert.StartsWith("contoso-", access.Principal);
        await scene.RevokeAsync(new RevokeAccessOptions { Id = scene.GalleryId, AllSharing = true });
        Assert.Empty(await scene.GetAsync());
    }

    [Fact]
    public async Task WhatCannotBeSharedIsRefusedBefore()
    {
        using AccessScene scene = await AccessScene.OpenAsync();

        ImageCmdletsException isPrivate = await scene.RefusedAsync(new GrantAccessOptions { Id = scene.GalleryId, PrincipalId = [AccessScene.Somebody], SharedTenantId = [TenantB] });
        ImageCmdletsException isPart = await scene.RefusedAsync(new GrantAccessOptions { Id = scene.Gallery.DefinitionId, SharedTenantId = [TenantB] });
        ImageCmdletsException noRole = await scene.RefusedAsync(new GrantAccessOptions { Id = scene.GalleryId, PrincipalId = [AccessScene.Somebody], Role = "Emperor" });
        ImageCmdletsException noId = await scene.RefusedAsync(new GrantAccessOptions { Id = "prod", PrincipalId = [AccessScene.Somebody] });

        Assert.Equal([ErrorIds.OperationNotAllowed, ErrorIds.InvalidArgument, ErrorIds.InvalidArgument, ErrorIds.InvalidResourceId], new[] { isPrivate, isPart, noRole, noId }.Select(error => error.ErrorId));
        Assert.Contains("-Permission Groups", isPrivate.RecommendedAction);
        Assert.Contains(scene.GalleryId, isPart.RecommendedAction);
    }

    [Fact]
    public async Task RolesAreForWhateverAzureAssignsThemAt()
    {
        using AccessScene scene = await AccessScene.OpenAsync();

        await scene.GrantAsync(scene.Gallery.OSDiskId, "Disk Backup Reader");
        await scene.GrantAsync(scene.Gallery.OSDiskId, "Tag Contributor");

        Assert.Equal(["Disk Backup Reader", "Tag Contributor"], (await scene.GetAsync(scene.Gallery.OSDiskId)).Select(access => access.Role).Order(StringComparer.Ordinal));
        await scene.RevokeAsync(new RevokeAccessOptions { Id = scene.Gallery.OSDiskId, PrincipalId = [AccessScene.Somebody] });
        Assert.Empty(await scene.GetAsync(scene.Gallery.OSDiskId));
    }

    [Theory]
    [InlineData("/resourceGroups/nope", "Reader", ErrorIds.ResourceGroupNotFound)]
    [InlineData("/resourceGroups/nope", "acdd72a7-3385-48ef-bd42-f606fba81ae7", ErrorIds.ResourceGroupNotFound)]
    [InlineData("/resourceGroups/images/providers/Microsoft.Compute/disks/nope", "Reader", ErrorIds.DiskNotFound)]
    [InlineData("/resourceGroups/images", "Emperor", ErrorIds.InvalidArgument)]
    [InlineData("/resourceGroups/images", "70000000-0000-4000-8000-000000000001", ErrorIds.InvalidArgument)]
    public async Task AScopeThatIsMissingIsNotTakenForARoleThatIs(string scope, string role, string errorId)
    {
        using AccessScene scene = await AccessScene.OpenAsync();

        ImageCmdletsException refusal = await scene.RefusedAsync(new GrantAccessOptions { Id = $"/subscriptions/{scene.Sandbox.Session.SubscriptionId}{scope}", PrincipalId = [AccessScene.Somebody], Role = role });

        Assert.Equal(errorId, refusal.ErrorId);
    }

    [Fact]
    public async Task SomebodyHasExactlyTheRightsThatWereGiven()
    {
        using AccessScene scene = await AccessScene.OpenAsync();
        string version = scene.Gallery.VersionId("1.0.0");
        await scene.GrantAsync(version, "Reader");
        ImageSession somebody = await scene.SignInAsync();

        var sink = new RecordingSink();
        ImageAccess access = Assert.Single(await scene.GetAsync(version, somebody, sink));

        Assert.Equal(AccessScene.Somebody, access.Principal);
        Assert.Contains("prod", Assert.Single(sink.Warnings));
        var refused = await Assert.ThrowsAsync<ArmOperationException>(() => AccessService.GrantAsync(somebody, [new GrantAccessOptions { Id = version, PrincipalId = [AccessScene.Other] }],
            new RunOptions(), new RecordingSink(), TestContext.Current.CancellationToken));
        Assert.Equal(ErrorIds.AuthorizationFailed, refused.ErrorId);
        Assert.Contains("Microsoft.Authorization/roleAssignments/write", refused.Message);
    }
}
