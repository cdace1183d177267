using System.Management.Automation;
using ImageCmdlets.Cmdlets.Tests.Hosting;

namespace ImageCmdlets.Cmdlets.Tests.Execution;

/// <summary>What PowerShell does to a running command never hangs it and never passes through it unseen.</summary>
public sealed class StopTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void ADownstreamFailureArrivesUnchanged()
    {
        using var module = new HostedModule();

        ErrorRecord error = module.Fail("Get-ImageSession | Out-Null; Find-MarketplaceImage -Location westeurope -Publisher Canonical | ForEach-Object { throw 'mine' }");

        Assert.Equal("mine", error.FullyQualifiedErrorId);
    }

    [Fact]
    public async Task StopEndsACommandThatWaitsForAzure()
    {
        using var module = new HostedModule();
        using PowerShell shell = module.Shell("Find-MarketplaceImage -Location westeurope -Version '*' -Verbose");
        var firstCall = new TaskCompletionSource();
        shell.Streams.Verbose.DataAdded += (_, _) => firstCall.TrySetResult();
        IAsyncResult running = shell.BeginInvoke();
        await firstCall.Task.WaitAsync(s_patience, TestContext.Current.CancellationToken);

        await Task.Run(shell.Stop, TestContext.Current.CancellationToken).WaitAsync(s_patience, TestContext.Current.CancellationToken);

        Assert.ThrowsAny<Exception>(() => shell.EndInvoke(running));
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
    }

    [Fact]
    public void TwoRunspacesNeverSeeEachOthersSessions()
    {
        using var first = new HostedModule();
        using var second = new HostedModule(firstCommand: null);

        Assert.Single(first.Invoke("Get-ImageSession"));
        Assert.Empty(second.Invoke("Get-ImageSession"));
        Assert.Equal("NotConnected,ImageCmdlets.Commands.GetCustomImageCommand", second.Fail("Get-CustomImage").FullyQualifiedErrorId);
    }

    [Fact]
    public void ImportingAgainKeepsTheSessions()
    {
        using var module = new HostedModule();

        module.Invoke($"Import-Module '{BuiltModule.Manifest}' -Force");

        Assert.Single(module.Invoke("Get-ImageSession"));
    }
}
