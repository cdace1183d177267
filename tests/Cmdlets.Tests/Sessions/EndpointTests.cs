using System.Management.Automation;
using ImageCmdlets.Cmdlets.Tests.Hosting;

namespace ImageCmdlets.Cmdlets.Tests.Sessions;

/// <summary>An ARM endpoint on loopback, over real HTTPS.</summary>
public sealed class EndpointTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public void ThePinnedCertificateIsTrusted()
    {
        using var module = new HostedModule($"Connect-ImageSession -Endpoint {server.Address} -EndpointCertificatePath '{server.CertificatePath}' | Out-Null");

        PSObject session = module.Invoke("Get-ImageSession").Single();
        Assert.Equal(new Uri(server.Address), session.Properties["Endpoint"].Value);
        Assert.Empty(module.Invoke("Get-CustomImage"));
        Assert.Equal("ImageNotFound,ImageCmdlets.Commands.GetCustomImageCommand", module.Fail("Get-CustomImage -Name web01").FullyQualifiedErrorId);
    }

    [Fact]
    public void AnotherCertificateIsNot()
    {
        using var module = new HostedModule(firstCommand: null);

        ErrorRecord error = module.Fail($"Connect-ImageSession -Endpoint {server.Address}");

        Assert.Equal("ConnectionFailed,ImageCmdlets.Commands.ConnectImageSessionCommand", error.FullyQualifiedErrorId);
    }

    [Fact]
    public void ASandboxCommandRefusesAnEndpoint()
    {
        using var module = new HostedModule($"Connect-ImageSession -Endpoint {server.Address} -EndpointCertificatePath '{server.CertificatePath}' | Out-Null");

        ErrorRecord error = module.Fail("Get-ImageSandbox");

        Assert.Equal("SandboxRequired,ImageCmdlets.Commands.GetImageSandboxCommand", error.FullyQualifiedErrorId);
    }
}
