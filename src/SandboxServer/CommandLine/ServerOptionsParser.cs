using System.Globalization;

namespace ImageCmdlets.SandboxServer.CommandLine;

/// <summary>Reads the command line.</summary>
internal static class ServerOptionsParser
{
    /// <summary>What <c>--help</c> says.</summary>
    public const string Usage =
        """
        The sandbox of ImageCmdlets: a local Azure Resource Manager over HTTPS, on 127.0.0.1 and nowhere else.

          --port N            port; 0 (the default) picks a free one
          --proxy N           also a proxy on port N (0 picks a free one) that leads Azure's own names, and no others, to this server
          --speed N|max       simulated seconds for a second, 1 or more (default 60); max: whatever is still to happen has
                              happened when the next request comes; virtual: so too, and else time stands still
          --seed N            seed of all made-up ids (default 0)
          --start TIME        simulated time at which a new world starts, ISO 8601 (default: now)
          --state FILE        keep the world in FILE; what was acknowledged survives the process, however it ends
          --certificate FILE  write the certificate of the server's own CA to FILE as PEM, for clients to trust
          --log FILE          append every exchange to FILE as a line of JSON, secrets redacted
          --accounts FILE     accounts that are not the owner: [{"name", "secret", "objectId"}]; roles are assigned to object ids
          --fault-plan FILE   what goes wrong: {"requests": [...], "guests": [...]}, the file of Set-ImageSandbox -FaultPlan
          --throttle          answer calls beyond Azure's limits with 429
          --help              this text

        Prints https://127.0.0.1:PORT once it is ready, and the proxy's address below it. Ctrl-C or SIGTERM stops it.
        """;

    /// <exception cref="FormatException">An option is unknown, comes twice, lacks its value, or has a wrong one.</exception>
    public static ServerOptions Parse(string[] args)
    {
        var options = new ServerOptions();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var words = new Queue<string>(args);
        while (words.TryDequeue(out string? name))
        {
            if (name is "--help" or "-h" or "-?") return options with { Help = true };
            if (!seen.Add(name)) throw new FormatException($"{name} is given twice.");
            options = Set(options, name, () => words.TryDequeue(out string? value) && !value.StartsWith("--", StringComparison.Ordinal)
                ? value
                : throw new FormatException($"{name} lacks its value."));
        }

        return options;
    }

    private static ServerOptions Set(ServerOptions options, string name, Func<string> value) => name switch
    {
        "--port" => options with { Port = Number(name, value(), 0, ushort.MaxValue) },
        "--proxy" => options with { Proxy = Number(name, value(), 0, ushort.MaxValue) },
        "--speed" => options with { Speed = ServerSpeed.Parse(value()) },
        "--seed" => options with { Seed = Number(name, value(), int.MinValue, int.MaxValue) },
        "--start" => options with { Start = Time(name, value()) },
        "--state" => options with { State = FilePath(name, value()) },
        "--certificate" => options with { Certificate = FilePath(name, value()) },
        "--log" => options with { Log = FilePath(name, value()) },
        "--accounts" => options with { Accounts = FilePath(name, value()) },
        "--fault-plan" => options with { FaultPlan = FilePath(name, value()) },
        "--throttle" => options with { Throttle = true },
        _ => throw new FormatException($"There is no option '{name}'."),
    };

    private static int Number(string name, string text, int least, int most) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new FormatException($"'{text}' is no value for {name}: it is a whole number from {least} to {most}.");

    private static DateTimeOffset Time(string name, string text) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
            ? time
            : throw new FormatException($"'{text}' is no value for {name}: it is a time such as 2026-01-05T08:00:00Z.");

    private static string FilePath(string name, string text) => text.Length > 0 && !Directory.Exists(text)
        ? Path.GetFullPath(text)
        : throw new FormatException($"'{text}' is no value for {name}: it is the name of a file.");
}
