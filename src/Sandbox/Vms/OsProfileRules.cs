using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>What Azure demands of <c>osProfile</c> when a machine is made from an image.</summary>
internal static class OsProfileRules
{
    private const int WindowsNameLength = 15;
    private const int LinuxNameLength = 64;
    private const string WindowsBad = "`~!@#$%^&*()=+_[]{}\\|;:.'\",<>/?";
    private const string LinuxBad = "`~!@#$%^&*()=+_[]{}\\|;:'\",<>/?";

    private static readonly HashSet<string> s_forbiddenUsers = new(StringComparer.OrdinalIgnoreCase)
    {
        "administrator", "admin", "user", "user1", "test", "user2", "test1", "user3", "admin1", "1", "123", "a", "actuser", "adm",
        "admin2", "aspnet", "backup", "console", "david", "guest", "john", "owner", "root", "server", "sql", "support",
        "support_388945a0", "sys", "test2", "test3", "user4", "user5",
    };

    /// <summary>Checks a profile.</summary>
    /// <param name="profile">The profile; null when the request has none.</param>
    /// <param name="windows">Whether the image is one of Windows.</param>
    /// <param name="prefix">Whether the profile is that of a scale set, which names only the start of its computers' names.</param>
    public static void Check(JsonObject? profile, bool windows, bool prefix = false)
    {
        if (profile is null) throw ComputeErrors.Missing("osProfile");
        string nameProperty = prefix ? "computerNamePrefix" : "computerName";
        string name = profile.Text(nameProperty) ?? throw ComputeErrors.Missing($"osProfile.{nameProperty}");
        // A scale set appends six characters to each.
        CheckName(prefix ? $"{name}000000" : name, windows);
        string user = profile.Text("adminUsername") ?? throw ComputeErrors.Missing("osProfile.adminUsername");
        if (user.Length == 0 || user.EndsWith(".", StringComparison.Ordinal) || s_forbiddenUsers.Contains(user))
            throw OsProfileErrors.UserName();
        string? password = profile.Text("adminPassword");
        if (windows && profile["linuxConfiguration"] is not null) throw VmRequestErrors.ParameterNotAllowed("linuxConfiguration");
        if (!windows && profile["windowsConfiguration"] is not null)
            throw VmRequestErrors.ParameterNotAllowed("windowsConfiguration");
        if (windows && password is null) throw ComputeErrors.Missing("osProfile.adminPassword");
        bool keys = profile.Items("linuxConfiguration.ssh.publicKeys").Any();
        if (!windows && password is null && !keys) throw OsProfileErrors.NoAuthentication();
        if (password is not null) CheckPassword(password, windows);
    }

    private static void CheckName(string name, bool windows)
    {
        int longest = windows ? WindowsNameLength : LinuxNameLength;
        bool bad = name.IndexOfAny((windows ? WindowsBad : LinuxBad).ToCharArray()) >= 0 || name.Contains(' ');
        bool numeric = windows && name.All(char.IsDigit);
        if (name.Length > longest || bad || numeric) throw windows ? OsProfileErrors.WindowsName() : OsProfileErrors.LinuxName();
    }

    private static void CheckPassword(string password, bool windows)
    {
        (int least, int most) = windows ? (8, 123) : (6, 72);
        int kinds = (password.Any(char.IsUpper) ? 1 : 0) + (password.Any(char.IsLower) ? 1 : 0)
            + (password.Any(char.IsDigit) ? 1 : 0) + (password.Any(static c => !char.IsLetterOrDigit(c)) ? 1 : 0);
        if (password.Length < least || password.Length > most || kinds < 3 || password.Any(char.IsControl))
            throw OsProfileErrors.Password(least, most);
    }
}
