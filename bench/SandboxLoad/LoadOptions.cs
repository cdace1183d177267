using System.Globalization;

namespace ImageCmdlets.Bench.SandboxLoad;

/// <summary>What is measured.</summary>
/// <param name="Resources">Disks that are made and listed.</param>
/// <param name="Seconds">How long each kind of GET is asked.</param>
/// <param name="Connections">Requests under way at a time.</param>
internal sealed record LoadOptions(int Resources, int Seconds, int Connections)
{
    public static LoadOptions Parse(string[] args)
    {
        int Number(int place, int otherwise) => args.Length > place ? int.Parse(args[place], CultureInfo.InvariantCulture) : otherwise;
        return new LoadOptions(Number(0, 100_000), Number(1, 10), Number(2, 16));
    }
}
