using System.Numerics;

namespace ImageCmdlets.Sandbox.SshPublicKeys;

/// <summary>Whole numbers as keys store them: highest byte first, a zero in front where the highest bit would mean a sign.</summary>
internal static class BigEndian
{
    public static BigInteger Read(byte[] bytes) => new([.. Enumerable.Reverse(bytes), 0]);

    public static byte[] Write(BigInteger number) => [.. Enumerable.Reverse(number.ToByteArray())];
}
