using ImageCmdlets.Engine.Access;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Sessions;
using ImageCmdlets.Engine.Tests.Galleries;

namespace ImageCmdlets.Engine.Tests.Access;

/// <summary>A gallery with a version, and somebody who has no rights.</summary>
internal sealed class AccessScene : IDisposable
{
    public const string Somebody = "40000000-0000-4000-8000-000000000001";
    public const string Other = "40000000-0000-4000-8000-000000000002";

    private AccessScene(GalleryScene gallery)
    {
        Gallery = gallery;
    }

    public GalleryScene Gallery { get; }

    public SandboxSession Sandbox => Gallery.Sandbox;

    public string GalleryId => Gallery.GalleryId;

    public static async Task<AccessScene> OpenAsync(string? permission = null)
    {
        var scene = new AccessScene(await GalleryScene.OpenAsync());
        await scene.Gallery.FurnishVersionAsync("1.0.0");
        if (permission is not null)
            await GalleryService.SetAsync(scene.Sandbox.Session, [new SetGalleryOptions { Id = scene.GalleryId, Permission = permission }], new RunOptions(), new RecordingSink(), TestContext.Current.CancellationToken);
        return scene;
    }

    /// <summary>A session of somebody with only the roles that were assigned.</summary>
    public Task<ImageSession> SignInAsync(string principal = Somebody, string? tenant = null, params string[] auxiliary) => SessionService.ConnectAsync(
        new ConnectOptions { Method = AuthenticationMethod.Sandbox, SandboxSession = Sandbox.Session, PrincipalId = principal, Tenant = tenant, AuxiliaryTenantId = auxiliary },
        new RecordingSink(), TestContext.Current.CancellationToken);

    public async Task<ImageAccess[]> GetAsync(string? id = null, ImageSession? session = null, RecordingSink? sink = null)
    {
        RecordingSink own = sink ?? new RecordingSink();
        await AccessService.GetAsync(session ?? Sandbox.Session, [new GetAccessOptions { Id = id ?? GalleryId }], new RunOptions(), own, TestContext.Current.CancellationToken);
        return [.. own.Items.Cast<ImageAccess>()];
    }

    public async Task<object[]> GrantAsync(GrantAccessOptions options, RunOptions? run = null, RecordingSink? sink = null)
    {
        RecordingSink own = sink ?? new RecordingSink();
        await AccessService.GrantAsync(Sandbox.Session, [options], run ?? new RunOptions(), own, TestContext.Current.CancellationToken);
        return [.. own.Items];
    }

    public Task<object[]> GrantAsync(string id, string role, string principal = Somebody) => GrantAsync(new GrantAccessOptions { Id = id, PrincipalId = [principal], Role = role });

    public async Task<RecordingSink> RevokeAsync(RevokeAccessOptions options)
    {
        var sink = new RecordingSink();
        await AccessService.RevokeAsync(Sandbox.Session, [options], new RunOptions(), sink, TestContext.Current.CancellationToken);
        return sink;
    }

    /// <summary>Asks for something that is refused, and makes sure that nothing has changed.</summary>
    public async Task<ImageCmdletsException> RefusedAsync(GrantAccessOptions options)
    {
        string before = Sandbox.Fingerprint;
        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => GrantAsync(options));
        Assert.Equal(before, Sandbox.Fingerprint);
        return error;
    }

    public void Dispose() => Gallery.Dispose();
}
