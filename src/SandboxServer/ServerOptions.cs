using System.Globalization;

namespace ImageCmdlets.SandboxServer;

/// <summary>What the command line asked for.</summary>
internal sealed record ServerOptions
{
    /// <summary>The port on 127.0.0.1; 0 picks a free one.</summary>
    public int Port { get; init; }

    /// <summary>Simulated seconds for each second of the machine.</summary>
    public double Speed { get; init; } = 60;

    public int Seed { get; init; }

    /// <summary>Where the sandbox keeps its state; null: in memory.</summary>
    public string? State { get; init; }

    /// <summary>Where the server's certificate is written as PEM, for clients to trust.</summary>
    public string? Certificate { get; init; }

    /// <exception cref="FormatException">An option is unknown, lacks its value, or has a wrong one.</exception>
    public static ServerOptions Parse(string[] args)
    {
        var options = new ServerOptions();
        for (int i = 0; i < args.Length; i += 2)
        {
            string value = i + 1 < args.Length ? args[i + 1] : throw new FormatException($"{args[i]} lacks its value.");
            options = args[i] switch
            {
                "--port" => options with { Port = int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture) },
                "--speed" => options with { Speed = double.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture) },
                "--seed" => options with { Seed = int.Parse(value, NumberStyles.Integer, CultureInfo.InvariantCulture) },
                "--state" => options with { State = Path.GetFullPath(value) },
                "--certificate" => options with { Certificate = Path.GetFullPath(value) },
                _ => throw new FormatException($"There is no option {args[i]}."),
            };
        }

        return options;
    }
}
