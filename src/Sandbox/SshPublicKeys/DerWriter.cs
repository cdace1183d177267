using System.Numerics;

namespace ImageCmdlets.Sandbox.SshPublicKeys;

/// <summary>The little of ASN.1 that a private key needs.</summary>
internal static class DerWriter
{
    private const byte IntegerTag = 0x02;
    private const byte SequenceTag = 0x30;

    /// <summary>A sequence of whole numbers.</summary>
    public static byte[] Sequence(params BigInteger[] numbers) =>
        Tagged(SequenceTag, [.. numbers.SelectMany(static n => Tagged(IntegerTag, BigEndian.Write(n)))]);

    private static byte[] Tagged(byte tag, byte[] content)
    {
        byte[] length = content.Length < 0x80
            ? [(byte)content.Length]
            : content.Length < 0x100
                ? [0x81, (byte)content.Length]
                : [0x82, (byte)(content.Length >> 8), (byte)content.Length];
        return [tag, .. length, .. content];
    }
}
