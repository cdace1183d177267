using System.Globalization;

namespace ImageCmdlets.SandboxServer.CommandLine;

/// <summary>How simulated time runs beside the machine's.</summary>
/// <param name="Factor">Simulated seconds for each second of the machine.</param>
/// <param name="Jumps">
/// Whether time also jumps over whatever is still to happen before the next request is looked at, so that operations are
/// done at their first poll.
/// </param>
internal readonly record struct ServerSpeed(double Factor, bool Jumps = false)
{
    /// <summary>The word for a speed without limit.</summary>
    public const string Max = "max";

    /// <summary>The word for time that stands still but for its jumps: the same requests then get the same answers, dates included.</summary>
    public const string Virtual = "virtual";

    private const double Fastest = 1_000_000;

    /// <exception cref="FormatException">The text is neither of the words nor a number from 1 on.</exception>
    public static ServerSpeed Parse(string text)
    {
        if (text == Max) return new ServerSpeed(1, Jumps: true);
        if (text == Virtual) return new ServerSpeed(0, Jumps: true);
        bool number = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double factor);
        return number && factor is >= 1 and <= Fastest
            ? new ServerSpeed(factor)
            : throw new FormatException($"'{text}' is no speed: it is a number from 1 to {Fastest:0}, {Max}, or {Virtual}.");
    }

    /// <summary>Seconds of the machine for seconds that the sandbox tells a client to wait, never less than one.</summary>
    /// <remarks>Zero would not mean at once: the Azure SDKs take it for a missing header and wait half a minute.</remarks>
    public int ToMachineSeconds(int simulated) => Jumps ? 1 : Math.Max(1, (int)Math.Ceiling(simulated / Factor));

    /// <inheritdoc />
    public override string ToString() => Jumps ? (Factor > 0 ? Max : Virtual) : Factor.ToString(CultureInfo.InvariantCulture);
}
