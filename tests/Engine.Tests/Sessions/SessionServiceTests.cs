using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Engine.Tests.Sessions;

public sealed class SessionServiceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ASandboxSessionKnowsItsSubscriptionAndTenant()
    {
        ImageSession session = await SessionService.ConnectAsync(new ConnectOptions { Method = AuthenticationMethod.Sandbox }, new RecordingSink(), Token);

        Assert.True(session.IsSandbox);
        Assert.True(Guid.TryParse(session.SubscriptionId, out _));
        Assert.True(Guid.TryParse(session.TenantId, out _));
        Assert.Equal("sandbox", session.Account);
    }

    [Fact]
    public async Task ADisconnectedSessionIsRefused()
    {
        ImageSession session = await SessionService.ConnectAsync(new ConnectOptions { Method = AuthenticationMethod.Sandbox }, new RecordingSink(), Token);
        SessionService.Disconnect(session);

        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(
            () => ImageService.GetAsync(session, new ResourceQuery(), new RecordingSink(), Token));

        Assert.Equal(ErrorIds.NotConnected, error.ErrorId);
    }

    [Fact]
    public async Task AnUnknownSubscriptionIsRefusedBeforeTheSessionIsMade()
    {
        var options = new ConnectOptions { Method = AuthenticationMethod.Sandbox, SubscriptionId = "11111111-2222-3333-4444-555555555555" };

        ImageCmdletsException error = await Assert.ThrowsAsync<ArmOperationException>(() => SessionService.ConnectAsync(options, new RecordingSink(), Token));

        Assert.Equal(ErrorIds.SubscriptionNotFound, error.ErrorId);
    }

    [Fact]
    public async Task OfSeveralSubscriptionsTheFirstIsTakenWithAWarningThatNamesItAndTheWayToAnother()
    {
        ImageSession session = await SessionService.ConnectAsync(new ConnectOptions { Method = AuthenticationMethod.Sandbox }, new RecordingSink(), Token);
        var sink = new RecordingSink();

        SubscriptionInfo chosen = await SubscriptionFinder.FindAsync(new ArmGateway(EngineSession.Of(session), sink), null, sink, Token);

        Assert.Equal("Sandbox Development", chosen.Name);
        Assert.Equal($"The account has 2 subscriptions and none was chosen: the session uses 'Sandbox Development' ({chosen.Id}). "
            + $"Pass -SubscriptionId to Connect-ImageSession for another: 'Sandbox Production' ({session.SubscriptionId}).", Assert.Single(sink.Warnings));
    }

    [Fact]
    public async Task ASandboxIsSignedInToOnceMoreInItsOtherTenantAndLivesAsLongAsEither()
    {
        ImageSession first = await SessionService.ConnectAsync(new ConnectOptions { Method = AuthenticationMethod.Sandbox }, new RecordingSink(), Token);
        ImageSandboxState state = SandboxService.Read(first);
        var there = new ConnectOptions { Method = AuthenticationMethod.Sandbox, SandboxSession = first, Tenant = state.TenantId[1] };

        ImageSession second = await SessionService.ConnectAsync(there, new RecordingSink(), Token);

        Assert.Equal(state.TenantId[1], second.TenantId);
        Assert.NotEqual(first.SubscriptionId, second.SubscriptionId);
        Assert.Equal(state.Fingerprint, SandboxService.Read(second).Fingerprint);
        SessionService.Disconnect(first);
        await ImageService.GetAsync(second, new ResourceQuery(), new RecordingSink(), Token);
        SessionService.Disconnect(second);
    }

    [Fact]
    public async Task ATenantThatTheSandboxDoesNotHaveIsRefused()
    {
        var options = new ConnectOptions { Method = AuthenticationMethod.Sandbox, Tenant = "contoso.example" };

        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(() => SessionService.ConnectAsync(options, new RecordingSink(), Token));

        Assert.Equal((ErrorIds.AuthenticationFailed, "Signing in failed: There is no tenant 'contoso.example' in the sandbox."), (error.ErrorId, error.Message));
    }

    [Fact]
    public async Task MoreFurtherTenantsThanAzureTakesTokensOfAreRefused()
    {
        var options = new ConnectOptions { Method = AuthenticationMethod.Sandbox, AuxiliaryTenantId = ["a", "b", "c", "d"] };

        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(() => SessionService.ConnectAsync(options, new RecordingSink(), Token));

        Assert.Equal((ErrorIds.InvalidArgument, "Azure takes tokens of 3 further tenants at most, not of 4."), (error.ErrorId, error.Message));
    }

    [Fact]
    public async Task ASubscriptionThatWasChosenNeedsNoWarning()
    {
        ImageSession session = await SessionService.ConnectAsync(new ConnectOptions { Method = AuthenticationMethod.Sandbox }, new RecordingSink(), Token);
        var sink = new RecordingSink();

        SubscriptionInfo chosen = await SubscriptionFinder.FindAsync(new ArmGateway(EngineSession.Of(session), sink), session.SubscriptionId, sink, Token);

        Assert.Equal(session.SubscriptionId, chosen.Id);
        Assert.Empty(sink.Warnings);
    }

    [Fact]
    public async Task AMissingImageIsAnErrorAndAWildcardIsNot()
    {
        ImageSession session = await SessionService.ConnectAsync(new ConnectOptions { Method = AuthenticationMethod.Sandbox }, new RecordingSink(), Token);
        var sink = new RecordingSink();

        await ImageService.GetAsync(session, new ResourceQuery { Name = "web*" }, sink, Token);
        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(
            () => ImageService.GetAsync(session, new ResourceQuery { Name = "web01" }, sink, Token));

        Assert.Empty(sink.Items);
        Assert.Equal(ErrorIds.ImageNotFound, error.ErrorId);
        Assert.Contains(sink.VerboseLines, line => line.StartsWith("GET /subscriptions/", StringComparison.Ordinal));
    }
}
