using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ImageCmdlets.SandboxServer.Forwarding;

/// <summary>
/// A proxy for clients that know Azure's own names and no others (Packer, what az makes up from an account's name): every CONNECT to one
/// of those names leads to this server, and to nowhere else. Nothing ever leaves the machine by it.
/// </summary>
internal sealed class AzureProxy : IAsyncDisposable
{
    private const int LongestHead = 8 * 1024;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly TcpListener _listener;
    private readonly IPEndPoint _server;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    private AzureProxy(TcpListener listener, IPEndPoint server)
    {
        _listener = listener;
        _server = server;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public string Address => $"http://{_listener.LocalEndpoint}";

    /// <summary>Listens on 127.0.0.1.</summary>
    /// <param name="port">0 picks a free one.</param>
    /// <param name="server">The port on 127.0.0.1 to which everything leads.</param>
    /// <exception cref="IOException">The port cannot be had.</exception>
    public static AzureProxy Start(int port, int server)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
        }
        catch (SocketException refusal)
        {
            throw new IOException($"The proxy cannot listen on port {port}: {refusal.Message}", refusal);
        }

        return new AzureProxy(listener, new IPEndPoint(IPAddress.Loopback, server));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptSocketAsync(_stop.Token);
                open.RemoveAll(static tunnel => tunnel.IsCompleted);
                open.Add(ServeAsync(client));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped: the tunnels see the same token.
        }

        await Task.WhenAll(open);
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var client = new NetworkStream(socket, ownsSocket: true);
        try
        {
            string[] request = await ReadHeadAsync(client);
            bool isConnect = request is ["CONNECT", _, ..];
            if (!isConnect || !AzureNames.IsOne(request[1]))
            {
                await SayAsync(client, isConnect ? "403 Forbidden" : "405 Method Not Allowed");
                return;
            }

            using var socketToServer = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socketToServer.ConnectAsync(_server, _stop.Token);
            await using var server = new NetworkStream(socketToServer);
            await SayAsync(client, "200 Connection Established");
            // Whoever closes first closes both: a connection of TLS is of no use by halves.
            await Task.WhenAny(client.CopyToAsync(server, _stop.Token), server.CopyToAsync(client, _stop.Token));
        }
        catch (Exception end) when (end is IOException or SocketException or OperationCanceledException)
        {
            // The client went away, or the server stops.
        }
    }

    private Task SayAsync(NetworkStream client, string status) =>
        client.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n"), _stop.Token).AsTask();

    // What follows the head belongs to the tunnel: it is read byte by byte, and it is short.
    private async Task<string[]> ReadHeadAsync(NetworkStream client)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        patience.CancelAfter(s_patience);
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (head.Length < LongestHead && await client.ReadAsync(one, patience.Token) == 1)
        {
            head.Append((char)one[0]);
            if (one[0] == '\n' && head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)) break;
        }

        string text = head.ToString();
        return text.EndsWith("\r\n\r\n", StringComparison.Ordinal) ? text[..text.IndexOf('\r', StringComparison.Ordinal)].Split(' ') : [];
    }
}
