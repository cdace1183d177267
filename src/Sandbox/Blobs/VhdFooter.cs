using System.Security.Cryptography;
using System.Text;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>The last 512 bytes of a fixed VHD, after Microsoft's "Virtual Hard Disk Image Format Specification" 1.0.</summary>
internal static class VhdFooter
{
    public const int Size = 512;

    private const string Cookie = "conectix";
    private const int TypeAt = 60;
    private const int ChecksumAt = 64;
    private const int FixedDisk = 2;

    /// <summary>The footer of a disk. It follows from the size alone, so that equal disks give equal files.</summary>
    public static byte[] Of(long diskBytes)
    {
        var footer = new byte[Size];
        Encoding.ASCII.GetBytes(Cookie).CopyTo(footer, 0);
        Put(footer, 8, 2, 4);
        Put(footer, 12, 0x00010000, 4);
        Put(footer, 16, -1, 8);
        Encoding.ASCII.GetBytes("wa\0\0").CopyTo(footer, 28);
        Put(footer, 32, 0x00070000, 4);
        Encoding.ASCII.GetBytes("Wi2k").CopyTo(footer, 36);
        Put(footer, 40, diskBytes, 8);
        Put(footer, 48, diskBytes, 8);
        PutGeometry(footer, diskBytes / 512);
        Put(footer, TypeAt, FixedDisk, 4);
        using var sha = SHA256.Create();
        Array.Copy(sha.ComputeHash(footer), 0, footer, 68, 16);
        Put(footer, ChecksumAt, Checksum(footer), 4);
        return footer;
    }

    /// <summary>Whether the bytes begin as a footer does.</summary>
    public static bool HasCookie(byte[] footer) => Encoding.ASCII.GetString(footer, 0, Cookie.Length) == Cookie;

    /// <summary>Whether the disk is of fixed size, the only kind that Azure takes.</summary>
    public static bool IsFixed(byte[] footer) => Get(footer, TypeAt, 4) == FixedDisk;

    /// <summary>Whether the checksum is right.</summary>
    public static bool IsIntact(byte[] footer) => (uint)Get(footer, ChecksumAt, 4) == Checksum(footer);

    /// <summary>The disk's size in bytes.</summary>
    public static long DiskSize(byte[] footer) => Get(footer, 48, 8);

    private static uint Checksum(byte[] footer)
    {
        uint sum = 0;
        for (int i = 0; i < Size; i++)
        {
            if (i is < ChecksumAt or >= ChecksumAt + 4) sum += footer[i];
        }

        return ~sum;
    }

    // The specification's own calculation of cylinders, heads and sectors.
    private static void PutGeometry(byte[] footer, long sectors)
    {
        sectors = Math.Min(sectors, 65535L * 16 * 255);
        long perTrack = 255, heads = 16, cylinderHeads = sectors / perTrack;
        if (sectors < 65535L * 16 * 63)
        {
            perTrack = 17;
            cylinderHeads = sectors / perTrack;
            heads = Math.Max(4, (cylinderHeads + 1023) / 1024);
            if (cylinderHeads >= heads * 1024 || heads > 16) (perTrack, heads, cylinderHeads) = (31, 16, sectors / 31);
            if (cylinderHeads >= heads * 1024) (perTrack, heads, cylinderHeads) = (63, 16, sectors / 63);
        }

        Put(footer, 56, cylinderHeads / heads, 2);
        footer[58] = (byte)heads;
        footer[59] = (byte)perTrack;
    }

    private static void Put(byte[] footer, int at, long value, int count)
    {
        for (int i = 0; i < count; i++) footer[at + i] = (byte)(value >> (8 * (count - 1 - i)));
    }

    private static long Get(byte[] footer, int at, int count)
    {
        long value = 0;
        for (int i = 0; i < count; i++) value = (value << 8) | footer[at + i];
        return value;
    }
}
