using System.Net;
using System.Security.Cryptography.X509Certificates;
using ImageCmdlets.Sandbox;
using ImageCmdlets.SandboxServer;

ServerOptions options;
try
{
    options = ServerOptions.Parse(args);
}
catch (Exception exception) when (exception is FormatException or OverflowException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    await Console.Error.WriteLineAsync("Usage: --port N  --speed SECONDS-PER-SECOND  --seed N  --state FILE  --certificate PEM-FILE");
    return 2;
}

using var sandbox = new ArmSandbox(new SandboxOptions { Seed = options.Seed, StatePath = options.State });
using X509Certificate2 certificate = LoopbackCertificate.Create();
if (options.Certificate is not null)
    await File.WriteAllTextAsync(options.Certificate, certificate.ExportCertificatePem());

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.Services.AddHostedService(_ => new ClockDriver(sandbox, options.Speed));
builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
{
    // Loopback only: the sandbox trusts every token.
    kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.UseHttps(certificate));
    kestrel.AddServerHeader = false;
});

WebApplication server = builder.Build();
var forwarder = new SandboxForwarder(sandbox);
server.Run(forwarder.ForwardAsync);
await server.StartAsync();
Console.WriteLine(server.Urls.Single());
await server.WaitForShutdownAsync();
return 0;
