using System.Buffers.Binary;
using System.Text;

namespace ImageCmdlets.Engine.Tests.Vhds;

/// <summary>VHDs with bytes that a test recognises, made after the specification and not by the engine.</summary>
internal static class TestVhd
{
    public const int FooterSize = 512;
    public const int MiB = 1024 * 1024;

    /// <summary>A whole VHD: bytes of their own at each place, zeros between, the footer at the end.</summary>
    /// <param name="size">Bytes of the disk.</param>
    /// <param name="places">Where data begins, and how much.</param>
    public static byte[] Make(int size, params (int Offset, int Length)[] places)
    {
        var bytes = new byte[size + FooterSize];
        foreach ((int offset, int length) in places)
            new Random(offset).NextBytes(bytes.AsSpan(offset, length));
        Footer(size).CopyTo(bytes, size);
        return bytes;
    }

    /// <summary>A footer.</summary>
    /// <param name="size">Bytes of the disk.</param>
    /// <param name="type">2 is fixed, 3 dynamic, 4 differencing.</param>
    public static byte[] Footer(long size, int type = 2)
    {
        var footer = new byte[FooterSize];
        Encoding.ASCII.GetBytes("conectix").CopyTo(footer, 0);
        BinaryPrimitives.WriteInt32BigEndian(footer.AsSpan(8), 2);
        BinaryPrimitives.WriteInt32BigEndian(footer.AsSpan(12), 0x00010000);
        BinaryPrimitives.WriteInt64BigEndian(footer.AsSpan(16), -1);
        BinaryPrimitives.WriteInt64BigEndian(footer.AsSpan(40), size);
        BinaryPrimitives.WriteInt64BigEndian(footer.AsSpan(48), size);
        BinaryPrimitives.WriteInt32BigEndian(footer.AsSpan(60), type);
        footer[70] = 42;
        uint sum = 0;
        foreach (byte one in footer)
            sum += one;
        BinaryPrimitives.WriteUInt32BigEndian(footer.AsSpan(64), ~sum);
        return footer;
    }
}
