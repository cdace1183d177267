using System.Globalization;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>A range of IPv4 addresses such as 10.0.0.0/24.</summary>
/// <param name="Address">Address as written; bits behind the prefix may be set.</param>
/// <param name="Length">Length of the prefix in bits.</param>
internal readonly record struct Cidr(uint Address, int Length)
{
    private const int Bits = 32;

    public uint First => Address & Mask;

    public uint Last => First | ~Mask;

    /// <summary>Whether no bit behind the prefix is set.</summary>
    public bool IsCanonical => Address == First;

    private uint Mask => Length == 0 ? 0 : uint.MaxValue << (Bits - Length);

    /// <summary>Takes a prefix apart; null when it is not one.</summary>
    public static Cidr? TryParse(string? text)
    {
        string[] parts = (text ?? string.Empty).Split('/');
        if (parts.Length != 2 || ParseAddress(parts[0]) is not { } address) return null;
        return int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int length) && length <= Bits
            ? new Cidr(address, length)
            : null;
    }

    /// <summary>An address as a number; null when the text is not four decimal numbers.</summary>
    public static uint? ParseAddress(string? text)
    {
        string[] parts = (text ?? string.Empty).Split('.');
        if (parts.Length != 4) return null;
        uint address = 0;
        foreach (string part in parts)
        {
            if (!byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out byte value)) return null;
            address = (address << 8) | value;
        }

        return address;
    }

    /// <summary>A number as an address.</summary>
    public static string Format(uint address) =>
        $"{address >> 24}.{(address >> 16) & 0xFF}.{(address >> 8) & 0xFF}.{address & 0xFF}";

    public bool Contains(uint address) => address >= First && address <= Last;

    public bool Contains(Cidr other) => other.First >= First && other.Last <= Last;

    public bool Overlaps(Cidr other) => other.First <= Last && First <= other.Last;

    /// <inheritdoc />
    public override string ToString() => $"{Format(First)}/{Length}";
}
