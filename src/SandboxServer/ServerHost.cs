using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ImageCmdlets.Sandbox;
using ImageCmdlets.SandboxServer.Certificates;
using ImageCmdlets.SandboxServer.Clock;
using ImageCmdlets.SandboxServer.CommandLine;
using ImageCmdlets.SandboxServer.Forwarding;
using ImageCmdlets.SandboxServer.Logging;
using ImageCmdlets.SandboxServer.SignIn;

namespace ImageCmdlets.SandboxServer;

/// <summary>The server from its start to its end.</summary>
internal static class ServerHost
{
    // SIGXFSZ, which .NET has no name for; the number is the same on Linux and macOS.
    private const PosixSignal FileSizeLimit = (PosixSignal)25;

    /// <summary>Runs until Ctrl-C or SIGTERM.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(ServerOptions options)
    {
        // A limit on the size of files (ulimit -f) refuses a write, as a full disk does; it is not to end the server.
        using PosixSignalRegistration? limit =
            OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(FileSizeLimit, static signal => signal.Cancel = true);
        try
        {
            var accounts = AccountList.Read(options.Accounts);
            FaultPlanFile? faults = ReadFaults(options.FaultPlan);
            using ArmSandbox sandbox = OpenSandbox(options, faults);
            using var authority = CertificateAuthority.Open(options.State is null ? null : options.State + ".ca.pfx");
            using X509Certificate2 certificate = authority.IssueForLoopback(options.Proxy is null ? [] : AzureNames.All);
            using ExchangeLog? log = options.Log is { } file ? new ExchangeLog(sandbox, file) : null;
            await using WebApplication server = Build(options, sandbox, accounts, certificate, log);
            await server.StartAsync();
            await using AzureProxy? proxy = options.Proxy is { } port ? AzureProxy.Start(port, new Uri(server.Urls.Single()).Port) : null;
            if (options.Certificate is { } path) await File.WriteAllTextAsync(path, authority.Pem);
            await Console.Error.WriteLineAsync("Listening on 127.0.0.1 only: every sign-in is believed here.");
            Console.WriteLine(server.Urls.Single());
            if (proxy is not null) Console.WriteLine(proxy.Address);
            await server.WaitForShutdownAsync();
            return ExitCodes.Done;
        }
        catch (Exception refusal) when (refusal is IOException or InvalidDataException or UnauthorizedAccessException or CryptographicException)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return ExitCodes.CannotStart;
        }
    }

    private static FaultPlanFile? ReadFaults(string? path)
    {
        try
        {
            return path is null ? null : FaultPlanFile.Read(path);
        }
        catch (InvalidDataException wrong)
        {
            throw new InvalidDataException($"The fault plan '{path}' cannot be used: {wrong.Message}", wrong);
        }
    }

    private static ArmSandbox OpenSandbox(ServerOptions options, FaultPlanFile? faults)
    {
        var sandbox = new ArmSandbox(new SandboxOptions
        {
            Seed = options.Seed,
            StatePath = options.State,
            StartTime = options.Start ?? TimeProvider.System.GetUtcNow(),
            EnforceRateLimits = options.Throttle,
        });
        foreach (SandboxFault fault in faults?.Faults ?? []) sandbox.AddFault(fault);
        foreach (SandboxGuestFault fault in faults?.GuestFaults ?? []) sandbox.AddGuestFault(fault);
        return sandbox;
    }

    private static WebApplication Build(
        ServerOptions options, ArmSandbox sandbox, AccountList accounts, X509Certificate2 certificate, ExchangeLog? log)
    {
        var clock = new ClockDriver(sandbox, options.Speed);
        // Empty: neither a settings file in the current folder nor the environment may add an address to listen on.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddHostedService(_ => clock);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.UseHttps(certificate));
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = SandboxRequest.LargestBody;
            kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
            kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
        });

        WebApplication server = builder.Build();
        var signIn = new SignInEndpoints(sandbox, new TokenIssuer(sandbox, options.Speed, certificate), accounts);
        var forwarder = new SandboxForwarder(sandbox, clock, options.Speed);
        async Task Answer(HttpContext context)
        {
            await RequestBody.BufferAsync(context);
            await (signIn.TryAnswer(context) ?? forwarder.ForwardAsync(context));
        }

        server.Run(context => log is null ? Answer(context) : log.ObserveAsync(context, Answer));
        return server;
    }
}
