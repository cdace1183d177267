using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>Reads prefixes out of a body.</summary>
internal static class AddressSpace
{
    /// <summary>The IPv4 prefixes of a list; IPv6 prefixes are kept by the caller but have no rules here.</summary>
    /// <exception cref="Errors.ArmException">
    /// 400 AddressPrefixStringCannotBeNullOrEmpty, InvalidAddressPrefixFormat or InvalidCIDRNotation.
    /// </exception>
    public static IReadOnlyList<Cidr> Read(JsonArray? prefixes, string resourceId)
    {
        if (prefixes is null || prefixes.Count == 0) throw AddressErrors.PrefixMissing(resourceId);
        return [.. prefixes.Select(static prefix => prefix?.ToString()).Where(IsVersion4).Select(p => Parse(p, resourceId))];
    }

    private static Cidr Parse(string? text, string resourceId)
    {
        if (string.IsNullOrWhiteSpace(text)) throw AddressErrors.PrefixMissing(resourceId);
        Cidr prefix = Cidr.TryParse(text) ?? throw AddressErrors.PrefixFormat(text!, resourceId);
        return prefix.IsCanonical ? prefix : throw AddressErrors.PrefixBits(text!, resourceId, prefix);
    }

    private static bool IsVersion4(string? prefix) => prefix?.IndexOf(':') is null or < 0;
}
