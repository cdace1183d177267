using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace ImageCmdlets.Engine.Vhds;

/// <summary>The last 512 bytes of a VHD.</summary>
/// <remarks>Source: Microsoft's "Virtual Hard Disk Image Format Specification" 1.0. All numbers are big-endian.</remarks>
internal sealed class VhdFooter
{
    public const int Size = 512;
    private const string Cookie = "conectix";
    private const int CurrentSizeAt = 48;
    private const int TypeAt = 60;
    private const int ChecksumAt = 64;
    private const int UniqueIdAt = 68;
    private readonly byte[] _bytes;

    private VhdFooter(byte[] bytes) => _bytes = bytes;

    /// <summary>The size of the disk, in bytes, without the footer.</summary>
    public long DiskLength => BinaryPrimitives.ReadInt64BigEndian(_bytes.AsSpan(CurrentSizeAt));

    public VhdType Type => (VhdType)BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(TypeAt));

    public bool IsIntact => BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(ChecksumAt)) == Checksum();

    /// <summary>What tells this disk from others.</summary>
    public string UniqueId => string.Concat(_bytes.Skip(UniqueIdAt).Take(16).Select(static one => one.ToString("x2", CultureInfo.InvariantCulture)));

    /// <summary>Reads a footer; null where the bytes are none.</summary>
    /// <param name="bytes">512 of them.</param>
    public static VhdFooter? Read(byte[] bytes) =>
        bytes.Length == Size && Encoding.ASCII.GetString(bytes, 0, Cookie.Length) == Cookie ? new VhdFooter(bytes) : null;

    // The complement of the sum of all bytes but the checksum's own.
    private uint Checksum()
    {
        uint sum = 0;
        for (int i = 0; i < Size; i++)
        {
            if (i is < ChecksumAt or >= ChecksumAt + 4)
                sum += _bytes[i];
        }

        return ~sum;
    }
}
