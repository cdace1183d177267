using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Engine.Tests.Galleries;

/// <summary>Galleries: made, given again, changed.</summary>
public sealed class GalleryTests
{
    [Fact]
    public async Task AGalleryIsMadeWhereItsGroupIs()
    {
        using SandboxSession sandbox = await SandboxSession.OpenAsync();
        await sandbox.GroupAsync("images", "northeurope");

        ImageGallery gallery = await CreateAsync(sandbox, new NewGalleryOptions { ResourceGroupName = "images", Name = "prod.1_a", SoftDelete = true, Description = "Golden", Tag = new Dictionary<string, string> { ["team"] = "web" } });

        Assert.Equal(("prod.1_a", "images", "northeurope", "Golden", true, "Private", "web", "Succeeded"),
            (gallery.Name, gallery.ResourceGroupName, gallery.Location, gallery.Description, gallery.SoftDelete, gallery.Permission, gallery.Tag["team"], gallery.ProvisioningState));
    }

    [Fact]
    public async Task TheSameCommandGivesTheOneThatIsThere()
    {
        using SandboxSession sandbox = await SandboxSession.OpenAsync();
        await sandbox.GroupAsync("images");
        var options = new NewGalleryOptions { ResourceGroupName = "images", Name = "prod" };
        await CreateAsync(sandbox, options);
        string before = sandbox.Fingerprint;

        await CreateAsync(sandbox, options);

        Assert.Equal(before, sandbox.Fingerprint);
        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(() => CreateAsync(sandbox, options with { Location = "northeurope" }));
        Assert.Equal((ErrorIds.ResourceAlreadyExists, before), (error.ErrorId, sandbox.Fingerprint));
    }

    [Fact]
    public async Task ADashIsRefusedBeforeAnythingIsAsked()
    {
        using SandboxSession sandbox = await SandboxSession.OpenAsync();

        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(() => CreateAsync(sandbox, new NewGalleryOptions { ResourceGroupName = "images", Name = "my-gallery" }));

        Assert.Equal(ErrorIds.InvalidResourceName, error.ErrorId);
    }

    [Fact]
    public async Task WhatIsNotNamedStays()
    {
        using SandboxSession sandbox = await SandboxSession.OpenAsync();
        await sandbox.GroupAsync("images");
        ImageGallery gallery = await CreateAsync(sandbox, new NewGalleryOptions { ResourceGroupName = "images", Name = "prod", Description = "Golden", Tag = new Dictionary<string, string> { ["team"] = "web" } });
        var sink = new RecordingSink();

        await GalleryService.SetAsync(sandbox.Session, [new SetGalleryOptions { Id = gallery.Id, SoftDelete = true }], new RunOptions(), sink, TestContext.Current.CancellationToken);

        ImageGallery now = Assert.IsType<ImageGallery>(Assert.Single(sink.Items));
        Assert.Equal(("Golden", true, "web"), (now.Description, now.SoftDelete, now.Tag["team"]));
    }

    private static async Task<ImageGallery> CreateAsync(SandboxSession sandbox, NewGalleryOptions options)
    {
        var sink = new RecordingSink();
        await GalleryService.CreateAsync(sandbox.Session, options, new RunOptions(), sink, TestContext.Current.CancellationToken);
        return Assert.IsType<ImageGallery>(Assert.Single(sink.Items));
    }
}
