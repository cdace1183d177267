using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Tests.Vms;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Arm;

/// <summary>How long the engine waits when Azure asks it to, and what it makes of operations that are forgotten.</summary>
public sealed class WaitingTests
{
    private static readonly ResourceQuery s_all = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AWaitLongerThanAzuresLongestWindowIsAnErrorThatNamesIt()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        world.Sandbox.AddFault(Throttling(864000, 1));
        DateTimeOffset before = world.Sandbox.Clock.GetUtcNow();

        ArmOperationException error = await Assert.ThrowsAsync<ArmOperationException>(() => ListAsync(world));

        Assert.Equal(ErrorIds.Throttled, error.ErrorId);
        Assert.Equal(TimeSpan.FromDays(10), error.Details.RetryAfter);
        Assert.Equal(before, world.Sandbox.Clock.GetUtcNow());
    }

    [Fact]
    public async Task AWaitThatAUserWouldNoticeIsSaid()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        world.Sandbox.AddFault(Throttling(90, 1));

        await ListAsync(world);

        Assert.Equal([$"Azure asks to wait 90 s before it answers GET /subscriptions/{world.Session.SubscriptionId}/providers/Microsoft.Compute/images."], world.Sink.Warnings);
    }

    [Fact]
    public async Task ZeroSecondsAreOne()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        world.Sandbox.AddFault(Throttling(0, 4));
        DateTimeOffset before = world.Sandbox.Clock.GetUtcNow();

        await ListAsync(world);

        Assert.Equal(TimeSpan.FromSeconds(4), world.Sandbox.Clock.GetUtcNow() - before);
    }

    [Fact]
    public async Task EveryAttemptHasItsLine()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        world.Sandbox.AddFault(new SandboxFault { Effect = SandboxFaultEffect.ConnectionReset, Count = 2 });

        await ListAsync(world);

        string path = $"GET /subscriptions/{world.Session.SubscriptionId}/providers/Microsoft.Compute/images";
        Assert.Equal(2, world.Sink.VerboseLines.Count(line => line.StartsWith($"{path} no answer", StringComparison.Ordinal)));
        Assert.Equal(1, world.Sink.VerboseLines.Count(line => line.StartsWith($"{path} 200", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    public async Task AnOperationThatCannotBeSeenIsSeenOnItsResource(int status)
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.NewAsync(VMWorld.Request("web01"));
        world.Sandbox.AddFault(new SandboxFault
        {
            Path = "*/locations/*/operations/*", Effect = SandboxFaultEffect.Error, Status = status, Code = "NotFound", Count = int.MaxValue,
        });

        await world.PowerAsync(VMPowerAction.Deallocate, new RunOptions(), "web01");
        await world.RemoveAsync(new RemoveVMOptions { Id = world.Id(ResourceTypes.VirtualMachine, "web01") });

        Assert.Empty(world.Sink.Errors);
        Assert.Equal("Deallocated", world.Machines.Last().PowerState);
        Assert.Equal(0, world.Count(ResourceTypes.VirtualMachine));
    }

    private static Task ListAsync(VMWorld world) => ImageService.GetAsync(world.Session, s_all, world.Sink, Token);

    private static SandboxFault Throttling(int seconds, int count) => new()
    {
        Effect = SandboxFaultEffect.Error, Status = 429, Code = "TooManyRequests", Count = count,
        Headers = [new KeyValuePair<string, string>("Retry-After", $"{seconds}")],
    };
}
