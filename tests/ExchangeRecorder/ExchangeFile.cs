using System.Text.Json;

namespace ImageCmdlets.Tests.ExchangeRecorder;

/// <summary>A file of exchanges, one a line of JSON with its bodies in base64; see <see cref="RecordedExchange"/>.</summary>
/// <remarks>A line reaches the operating system before the sandbox's answer goes out, so that a process that is killed loses none.</remarks>
public static class ExchangeFile
{
    /// <summary>The environment variable that names the folder for the files of all processes.</summary>
    public const string FolderVariable = "IMAGECMDLETS_EXCHANGES";

    // ArmSandbox.ExchangeListener.
    private const string Listener = "ImageCmdlets.Sandbox.ExchangeListener";

    private static readonly object s_gate = new();
    private static FileStream? s_file;

    /// <summary>Listens to every sandbox of this process, when the environment says where to write.</summary>
    public static void Begin()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { Length: > 0 } folder) return;
        AppDomain.CurrentDomain.SetData(
            Listener,
            new Action<string, Uri, IReadOnlyDictionary<string, string>, byte[], int, IReadOnlyList<KeyValuePair<string, string>>, byte[]>(
                (method, address, headers, body, status, answerHeaders, answerBody) => Append(
                    folder, new RecordedExchange(method, address, headers, body, status, answerHeaders, answerBody))));
    }

    /// <summary>Reads the exchanges of a file, also while its process runs or after it was killed in the middle of a line.</summary>
    public static IEnumerable<RecordedExchange> Read(string path)
    {
        using var text = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (text.ReadLine() is { } line)
        {
            if (line.EndsWith('}')) yield return JsonSerializer.Deserialize<RecordedExchange>(line)!;
        }
    }

    private static void Append(string folder, RecordedExchange exchange)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(exchange), (byte)'\n'];
        lock (s_gate)
        {
            // Only processes with a sandbox have a file.
            s_file ??= new FileStream(
                Path.Combine(folder, $"{Environment.ProcessId}-{Guid.NewGuid():N}.jsonl"), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
            s_file.Write(line);
        }
    }
}
