using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace ImageCmdlets.SandboxServer.Tests.CommandLine;

/// <summary>The server as a process: how it starts, what it says, how it ends.</summary>
public sealed class ServerStartTests
{
    [Fact]
    public async Task A_bad_option_ends_the_process_with_2_and_says_why()
    {
        (int code, string output, string error) = await RunAsync("--speed", "slow");
        Assert.Equal((2, string.Empty), (code, output));
        Assert.StartsWith("'slow' is no speed", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_tells_every_option()
    {
        (int code, string output, string error) = await RunAsync("--help");
        Assert.Equal((0, string.Empty), (code, error));
        foreach (string option in (string[])["--port", "--speed", "--seed", "--start", "--state", "--certificate", "--log", "--fault-plan", "--throttle", "--help"])
            Assert.Contains($"  {option} ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_ends_the_process_with_1()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        (int code, _, string error) = await RunAsync("--port", $"{((IPEndPoint)listener.LocalEndpoint).Port}");
        Assert.Equal(1, code);
        Assert.Contains("address already in use", error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task It_says_that_it_listens_on_loopback_only_and_does()
    {
        using Process process = ServerProcess.Start("--port", "0");
        try
        {
            Assert.Equal("Listening on 127.0.0.1 only: every sign-in is believed here.", await process.StandardError.ReadLineAsync(Cancelled));
            var address = new Uri((await process.StandardOutput.ReadLineAsync(Cancelled))!);
            Assert.Equal(("https", "127.0.0.1"), (address.Scheme, address.Host));
            Assert.Equal(
                [IPAddress.Loopback],
                IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(e => e.Port == address.Port).Select(static e => e.Address));
        }
        finally
        {
            process.Kill();
        }
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task It_stops_cleanly_when_asked(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A process cannot be sent a signal alone there.");
        using var server = new ServerProcess();
        Assert.Equal(0, await server.StopAsync(signal, Cancelled));
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] options)
    {
        using Process process = ServerProcess.Start(options);
        Task<string> error = process.StandardError.ReadToEndAsync(Cancelled);
        string output = await process.StandardOutput.ReadToEndAsync(Cancelled);
        await process.WaitForExitAsync(Cancelled);
        return (process.ExitCode, output, await error);
    }
}
