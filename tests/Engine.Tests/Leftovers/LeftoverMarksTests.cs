using ImageCmdlets.Engine.Tests.Tracking;

namespace ImageCmdlets.Engine.Tests.Leftovers;

/// <summary>Each maker's things are known by its own marks; what only looks so is not listed.</summary>
public sealed class LeftoverMarksTests
{
    private static readonly string[] s_ofCopies = ["web01_os_disk_snapshot", "web01_os_disk_snapshot-northeurope", "northeurope1b2c3d4e5f6g7", "image-copy-rg"];

    [Fact]
    public async Task OfCopiesOfAzureCliTheTemporariesAreLeftAndNotTheImages()
    {
        using LeftoverWorld world = await LeftoverWorld.OpenAsync();
        await world.CopyByAzureCliAsync();

        ImageLeftover[] found = await world.FindAsync();

        Assert.Equal(s_ofCopies, found.Select(leftover => leftover.Name));
        Assert.All(found, leftover => Assert.Equal(LeftoverMaker.AzImageCopy, leftover.Maker));
        Assert.Equal(["Snapshot", "Snapshot", "StorageAccount", "ResourceGroup"], found.Select(leftover => leftover.Kind));
        Assert.All(found, leftover => Assert.Contains("created_by=image-copy-extension", leftover.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ASnapshotThatIsStillOpenForACopyIsNotSafe()
    {
        using LeftoverWorld world = await LeftoverWorld.OpenAsync();
        await world.CopyByAzureCliAsync();

        ImageLeftover[] found = await world.FindAsync();
        ImageLeftover[] revoking = await Tracked.LeftoversAsync(world.Session, new ImageLeftoverQuery { RevokeAccess = true });

        Assert.Equal("Access to its bytes is granted (ActiveSAS): somebody may be copying it.", found[0].InUse);
        Assert.False(found[0].IsSafeToRemove);
        Assert.All(found.Skip(1), leftover => Assert.True(leftover.IsSafeToRemove));
        Assert.All(revoking, leftover => Assert.True(leftover.IsSafeToRemove));
    }

    [Fact]
    public async Task WhatCarriesTheTagOfCopiesAndIsWhatTheUserWantedIsNotListed()
    {
        using LeftoverWorld world = await LeftoverWorld.OpenAsync();
        await world.CopyByAzureCliAsync();
        await world.ArrivedAsync("target"); // --export-as-snapshot
        await world.AccountAsync("target", "mine", """ "created_by":"image-copy-extension" """);
        string disk = world.Sandbox.Id("images", ResourceTypes.Disk, "web01-os");
        await world.SnapshotAsync("images", "nightly_os_disk_snapshot", $""" "createOption":"Copy","sourceResourceId":"{disk}" """);

        Assert.Equal(s_ofCopies, await world.NamesAsync());
    }

    [Fact]
    public async Task TheGroupOfCopiesStaysWhereSomebodyElseHasSomethingInIt()
    {
        using LeftoverWorld world = await LeftoverWorld.OpenAsync();
        await world.CopyByAzureCliAsync();
        await world.DiskAsync("image-copy-rg", "precious");

        ImageLeftover group = Assert.Single(await world.FindAsync(), leftover => leftover.Kind == "ResourceGroup");

        Assert.False(group.IsSafeToRemove);
        Assert.Equal("1 resource(s) in it are not of AzImageCopy: precious", group.InUse);
    }

    [Fact]
    public async Task ABuildOfPackerIsKnownByTheRandomPartOfItsNames()
    {
        using LeftoverWorld world = await LeftoverWorld.OpenAsync();
        await world.BuildByPackerAsync();
        world.Pass(TimeSpan.FromHours(2));

        ImageLeftover[] found = await world.FindAsync();

        Assert.Equal(["pkrvm", "pkrni", "pkrvn", "pkros", "pkr-Resource-Group-"], found.Select(leftover => leftover.Name.Replace(LeftoverWorld.Build, string.Empty, StringComparison.Ordinal)));
        Assert.All(found, leftover => Assert.Equal(LeftoverMaker.Packer, leftover.Maker));
        Assert.All(found, leftover => Assert.True(leftover.IsSafeToRemove, leftover.InUse));
    }

    [Fact]
    public async Task ABuildInAGroupOfTheUsersLeavesTheGroup()
    {
        using LeftoverWorld world = await LeftoverWorld.OpenAsync();
        await world.BuildByPackerAsync(group: "images");
        world.Pass(TimeSpan.FromHours(2));

        Assert.DoesNotContain("images", await world.NamesAsync());
        Assert.Equal(4, (await world.FindAsync(LeftoverMaker.Packer)).Length);
    }

    [Theory]
    [InlineData(true, 120, "The machine 'pkrvmk3v9x2m7q1' runs: Packer may be building.")]
    [InlineData(false, 5, "It was made less than an hour ago: Packer may be building.")]
    public async Task ABuildThatMayBeGoingOnIsNotSafe(bool isRunning, int minutes, string reason)
    {
        using LeftoverWorld world = await LeftoverWorld.OpenAsync();
        await world.BuildByPackerAsync(isRunning);
        world.Pass(TimeSpan.FromMinutes(minutes));

        ImageLeftover[] found = await world.FindAsync();

        Assert.All(found.Where(leftover => leftover.Kind != "ResourceGroup"), leftover => Assert.Equal(reason, leftover.InUse));
        Assert.All(found, leftover => Assert.False(leftover.IsSafeToRemove));
    }

    [Fact]
    public async Task NamesLikePackersAloneAreNothing()
    {
        using LeftoverWorld world = await LeftoverWorld.OpenAsync();
        await world.GroupAsync("pkr-Resource-Group-mine");
        await world.DiskAsync("images", "pkrosproduction");
        await world.DiskAsync("images", "pkrddk3v9x2m7q1");
        await world.NetworkAsync("images", ResourceTypes.VirtualNetwork, "pkrnik3v9x2m7q1", """{"addressSpace":{"addressPrefixes":["10.0.0.0/16"]} }""");
        world.Pass(TimeSpan.FromDays(30));

        Assert.Empty(await world.FindAsync());
    }

    [Fact]
    public async Task AStagingGroupWithoutItsTemplateIsLeft()
    {
        using LeftoverWorld world = await LeftoverWorld.OpenAsync();
        await world.StageByImageBuilderAsync();

        ImageLeftover[] found = await world.FindAsync();

        Assert.Equal(["pkrosk3v9x2m7q1", "k3v9x2m7q1abcdefghij", "IT_images_web_29b9da9c"], found.Select(leftover => leftover.Name));
        Assert.All(found, leftover => Assert.Equal(LeftoverMaker.ImageBuilder, leftover.Maker));
        Assert.All(found, leftover => Assert.Contains("the template 'web' in 'images' is gone", leftover.Reason, StringComparison.Ordinal));
        Assert.All(found, leftover => Assert.True(leftover.IsSafeToRemove, leftover.InUse));
    }

    [Fact]
    public async Task AStagingGroupBelongsToItsTemplate()
    {
        using LeftoverWorld world = await LeftoverWorld.OpenAsync();
        await world.StageByImageBuilderAsync();
        using var templates = new TemplateHandler(world.Sandbox.Sandbox);

        Assert.Empty(await Tracked.LeftoversAsync(OtherProcess.Open(world.Session, templates)));
    }

    [Theory]
    [InlineData("IT_Finance", "")]
    [InlineData("IT_Finance", """ "createdBy":"AzureVMImageBuilder" """)]
    [InlineData("staging", """ "createdBy":"AzureVMImageBuilder","imageTemplateName":"web","imageTemplateResourceGroupName":"images" """)]
    public async Task NotEveryGroupOfSuchANameOrTagIsAStagingGroup(string name, string tags)
    {
        using LeftoverWorld world = await LeftoverWorld.OpenAsync();
        await world.GroupAsync(name, tags);
        await world.DiskAsync(name, "disk");

        Assert.Empty(await world.FindAsync());
    }

    [Fact]
    public async Task AgeOnlyNarrows()
    {
        using LeftoverWorld world = await LeftoverWorld.OpenAsync();
        await world.CopyByAzureCliAsync();
        await world.DiskAsync("images", "very-old");
        world.Pass(TimeSpan.FromDays(400));
        string disk = world.Sandbox.Id("images", ResourceTypes.Disk, "web01-os");
        await world.SnapshotAsync("images", "web02_os_disk_snapshot", $""" "createOption":"Copy","sourceResourceId":"{disk}" """, """ "created_by":"image-copy-extension" """);

        ImageLeftover[] old = await Tracked.LeftoversAsync(world.Session, new ImageLeftoverQuery { OlderThan = TimeSpan.FromDays(30) });

        Assert.Equal(s_ofCopies, old.Select(leftover => leftover.Name));
        Assert.Equal(5, (await world.FindAsync()).Length);
    }

    [Theory]
    [InlineData("image-copy-rg", 3)]
    [InlineData("image*", 4)]
    [InlineData("nothing", 0)]
    public async Task AGroupNarrows(string pattern, int count)
    {
        using LeftoverWorld world = await LeftoverWorld.OpenAsync();
        await world.CopyByAzureCliAsync();

        Assert.Equal(count, (await Tracked.LeftoversAsync(world.Session, new ImageLeftoverQuery { ResourceGroupName = pattern })).Length);
    }
}
