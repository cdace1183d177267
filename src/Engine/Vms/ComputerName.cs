using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ImageCmdlets.Engine.Vms;

/// <summary>The name that a machine has for itself.</summary>
/// <remarks>Source: the swagger's description of <c>OSProfile.computerName</c>: at most 15 characters on Windows and not only digits, 64 on
/// Linux.</remarks>
internal static class ComputerName
{
    private const int LongestWindows = 15;
    private static readonly Regex s_windows = new("^(?![0-9]+$)[A-Za-z0-9-]{1,15}$", RegexOptions.CultureInvariant);
    private static readonly Regex s_linux = new("^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$", RegexOptions.CultureInvariant);

    /// <summary>The refusal of a name that the user chose; null when it is a good one.</summary>
    public static ImageCmdletsException? Problem(string name, bool isWindows) =>
        (isWindows ? s_windows : s_linux).IsMatch(name) ? null : new ImageCmdletsException(ErrorIds.InvalidArgument,
            $"'{name}' cannot be a computer name: {(isWindows ? "1 to 15 letters, digits or '-', not only digits" : "1 to 64 letters, digits, '-' or '.'")}.",
            name, "Pass another -ComputerName, or leave it out.");

    /// <summary>A computer name made of the machine's: the same where that is possible, else shortened with a hash behind it, so that
    /// machines whose long names begin alike do not meet in one domain.</summary>
    public static string Of(string vmName, bool isWindows)
    {
        string name = Regex.Replace(vmName, isWindows ? "[^A-Za-z0-9-]" : "[^A-Za-z0-9.-]", "-");
        if (isWindows && name.Length > LongestWindows)
            return $"{name.Substring(0, LongestWindows - 5).TrimEnd('-')}-{Hash(vmName)}";

        return isWindows && name.All(char.IsDigit) ? Of("vm" + name, isWindows) : name;
    }

    private static string Hash(string text)
    {
        using var sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(Encoding.UTF8.GetBytes(text.ToUpperInvariant()));
        return string.Concat(hash.Take(2).Select(part => part.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
