using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.State;

namespace ImageCmdlets.Sandbox.Identity;

/// <summary>
/// Makes up ids from the seed, a purpose and a counter for that purpose. The purpose names what the id is for (usually a
/// resource id), so that branches that run side by side get the same ids whichever comes first.
/// </summary>
internal sealed class SeededIds(int seed) : IStatePart
{
    /// <summary>Letters of made-up names: without vowels, so that no word comes about.</summary>
    public const string Alphabet = "bcdfghjklmnpqrstvwxz0123456789";

    /// <summary>How many purposes are counted at a time. What was made long ago is forgotten, or names would pile up for ever.</summary>
    public const int MostCounters = 50_000;

    private SeedCounters _counters = new(MostCounters);

    /// <summary>What all ids are made of. A world that goes on keeps its own: keys and addresses of what is there come from it.</summary>
    public int Seed { get; set; } = seed;

    /// <inheritdoc />
    public string Name => "ids";

    /// <inheritdoc />
    public bool RecordsStandAlone => true;

    /// <inheritdoc />
    public ChangedKeys Changed { get; } = new();

    /// <inheritdoc />
    public IEnumerable<string> Keys => _counters.Keys;

    /// <summary>The next GUID for a purpose, in lower case with dashes.</summary>
    public string NextGuid(string purpose)
    {
        byte[] hash = Hash(purpose, Count(purpose));
        // Marked as a version 4 GUID: clients may check it.
        hash[7] = (byte)((hash[7] & 0x0F) | 0x40);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return FirstHalf(hash).ToString();
    }

    /// <summary>The next name of lower-case letters and digits for a purpose.</summary>
    public string NextName(string purpose, int length)
    {
        byte[] bytes = Bytes(purpose, Count(purpose), length);
        return new string([.. bytes.Select(static b => Alphabet[b % Alphabet.Length])]);
    }

    /// <summary>Random-looking bytes that are always the same for a text.</summary>
    public byte[] Derive(string text, int length) => Bytes(text, 0, length);

    /// <inheritdoc />
    public JsonNode? Record(string key) => _counters.Record(key);

    /// <inheritdoc />
    public void Restore(string key, byte[]? record) => _counters.Restore(key, record is null ? null : JsonText.ParseOwn(record));

    /// <summary>Starts every counter again.</summary>
    public void Clear()
    {
        if (Changed.Watched)
        {
            foreach (string key in _counters.Keys) Changed.Note(key);
        }

        // A new one, for one that was large once takes long to clear.
        _counters = new SeedCounters(MostCounters);
    }

    private int Count(string purpose) => _counters.Next(FirstHalf(Hash(purpose.ToLowerInvariant())), Changed);

    private byte[] Bytes(string purpose, int count, int length)
    {
        var bytes = new List<byte>(length);
        for (int block = 0; bytes.Count < length; block++) bytes.AddRange(Hash($"{purpose}#{block}", count));
        return [.. bytes.Take(length)];
    }

    private byte[] Hash(string purpose, int count) => Hash($"{Seed}|{purpose.ToLowerInvariant()}|{count}");

    private static byte[] Hash(string text)
    {
#if NET
        return SHA256.HashData(Encoding.UTF8.GetBytes(text));
#else
        using var sha = SHA256.Create();
        return sha.ComputeHash(Encoding.UTF8.GetBytes(text));
#endif
    }

    private static Guid FirstHalf(byte[] hash)
    {
        byte[] half = new byte[16];
        Array.Copy(hash, half, half.Length);
        return new Guid(half);
    }
}
