using System.Security.Cryptography;
using ImageCmdlets.Engine.Generalization;

namespace ImageCmdlets.Engine.ImageTests;

/// <summary>By what a machine is known to others: what no two machines of an image should have in common.</summary>
internal sealed record MachineIdentity
{
    private const string Begin = "imagecmdlets-identity 1";
    private const string End = "X";
    private const string HostKey = "HostKey";

    /// <summary>Kinds and values; a kind can have several.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Value { get; init; }

    /// <summary>The script that tells it.</summary>
    public static string Script(bool isWindows) => GuestScript.Read("ImageTests.Scripts." + (isWindows ? "windows-identity.ps1" : "linux-identity.sh"));

    /// <summary>The kinds that a system has.</summary>
    public static IReadOnlyList<string> KindsOf(bool isWindows) => isWindows ? ["Sid", "HostName"] : ["MachineId", "HostName", HostKey];

    /// <summary>The identity in an output; null where the script did not come to its end.</summary>
    public static MachineIdentity? Find(string output)
    {
        string[] lines = [.. output.Split('\n').Select(line => line.Trim())];
        int begin = Array.LastIndexOf(lines, Begin);
        int end = Array.LastIndexOf(lines, End);
        return begin < 0 || end < begin ? null : new MachineIdentity
        {
            Value = [.. lines.Skip(begin + 1).Take(end - begin - 1).Select(Read).Where(value => value.Value.Length > 0)],
        };
    }

    /// <summary>What it has of a kind.</summary>
    public IReadOnlyList<string> Of(string kind) => [.. Value.Where(value => value.Key == kind).Select(value => value.Value)];

    private static KeyValuePair<string, string> Read(string line)
    {
        string[] fields = line.Split([' '], 3);
        if (fields.Length != 3 || fields[0] != "I")
            return new KeyValuePair<string, string>(string.Empty, string.Empty);

        return new KeyValuePair<string, string>(fields[1], fields[1] == HostKey ? Fingerprint(fields[2]) : fields[2]);
    }

    // As ssh shows it, "ssh-ed25519 SHA256:…".
    private static string Fingerprint(string key)
    {
        string[] fields = key.Split(' ');
        try
        {
            using var sha = SHA256.Create();
            byte[] hash = sha.ComputeHash(Convert.FromBase64String(fields[fields.Length - 1]));
            return $"{fields[0]} SHA256:{Convert.ToBase64String(hash).TrimEnd('=')}";
        }
        catch (FormatException)
        {
            return key;
        }
    }
}
