using ImageCmdlets.Engine.Marketplace;

namespace ImageCmdlets.Engine.Tests.Marketplace;

public sealed class MarketplaceTermServiceTests
{
    private static readonly PurchasePlan s_plan = new("kinvolk", "flatcar-container-linux-free", "stable");

    [Fact]
    public async Task TermsThatBecomeOthersBeforeTheSignatureAreReadAndSignedAnew()
    {
        using SandboxSession world = await SandboxSession.OpenAsync();
        using var handler = new OldTermsHandler(world.Sandbox, old: 1);
        var sink = new RecordingSink();

        await ApproveAsync(world, handler, sink);

        MarketplaceTerm term = Assert.IsType<MarketplaceTerm>(Assert.Single(sink.Items));
        Assert.True(term.IsAccepted);
        Assert.Equal(2, handler.Writes);
    }

    [Fact]
    public async Task TermsThatNeverStandStillAreNotSigned()
    {
        using SandboxSession world = await SandboxSession.OpenAsync();
        using var handler = new OldTermsHandler(world.Sandbox, old: int.MaxValue);
        string before = world.Fingerprint;

        ImageCmdletsException exception = await Assert.ThrowsAsync<ImageCmdletsException>(() => ApproveAsync(world, handler, new RecordingSink()));

        Assert.Equal(ErrorIds.ConcurrentUpdate, exception.ErrorId);
        Assert.Equal(2, handler.Writes);
        Assert.Equal(before, world.Fingerprint);
    }

    private static Task ApproveAsync(SandboxSession world, OldTermsHandler handler, RecordingSink sink) => MarketplaceTermService.ApproveAsync(
        OtherProcess.Open(world.Session, handler), [new MarketplaceTermOptions { Plan = s_plan }], sink, TestContext.Current.CancellationToken);
}
