using System.Text.RegularExpressions;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Engine.Vms;

/// <summary>Azure's rules for the first account of a machine.</summary>
/// <remarks>Source: the swagger's description of <c>OSProfile.adminUsername</c> and <c>adminPassword</c>.</remarks>
internal static class AdminAccount
{
    /// <summary>The user name of <c>az vm create</c>.</summary>
    public const string DefaultUserName = "azureuser";

    private static readonly HashSet<string> s_refusedNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "administrator", "admin", "user", "user1", "test", "user2", "test1", "user3", "admin1", "1", "123", "a", "actuser", "adm", "admin2", "aspnet",
        "backup", "console", "david", "guest", "john", "owner", "root", "server", "sql", "support", "support_388945a0", "sys", "test2", "test3", "user4", "user5",
    };

    private static readonly HashSet<string> s_refusedPasswords = new(StringComparer.OrdinalIgnoreCase)
    {
        "abc@123", "P@$$w0rd", "P@ssw0rd", "P@ssword123", "Pa$$word", "pass@word1", "Password!", "Password1", "Password22", "iloveyou!",
    };

    private static readonly Regex s_linuxName = new("^[a-z_][a-z0-9_.-]*$", RegexOptions.CultureInvariant);
    private static readonly Regex s_windowsName = new(@"^[^\\/""\[\]:|<>+=;,?*@\s]+(?<!\.)$", RegexOptions.CultureInvariant);
    private static readonly Regex s_sshKey = new(@"^(ssh-rsa|ssh-ed25519) [A-Za-z0-9+/]{60,}={0,3}( .*)?$", RegexOptions.CultureInvariant);

    /// <summary>Adds what is wrong with the user name, the password or the keys for the operating system.</summary>
    public static void Check(NewVMOptions options, bool isWindows, Problems problems)
    {
        string user = options.AdminUserName ?? DefaultUserName;
        if (s_refusedNames.Contains(user))
            problems.Add(ErrorIds.InvalidPassword, $"Azure does not allow '{user}' as the name of the administrator.", user);
        else if (user.Length > (isWindows ? 20 : 64) || !(isWindows ? s_windowsName : s_linuxName).IsMatch(user))
            problems.Add(ErrorIds.InvalidPassword, $"'{user}' cannot be the name of the administrator: {NameRule(isWindows)}.", user);

        if (options.AdminPassword is not null && !IsGoodPassword(SecretText.Reveal(options.AdminPassword), isWindows))
            problems.Add(ErrorIds.InvalidPassword, $"Azure would refuse the password: {PasswordRule(isWindows)}.", user);

        CheckKeys(options, isWindows, problems);
    }

    private static void CheckKeys(NewVMOptions options, bool isWindows, Problems problems)
    {
        if (isWindows && options.SshPublicKey.Count > 0)
            problems.Add(ErrorIds.InvalidArgument, "A Windows machine takes no SSH keys when it is made.", "SshPublicKey", "Leave -SshPublicKey out and pass -Credential.");

        foreach (string key in isWindows ? [] : options.SshPublicKey)
        {
            if (!s_sshKey.IsMatch(key.Trim()))
                problems.Add(ErrorIds.InvalidArgument, "An SSH public key is not in OpenSSH form.", "SshPublicKey", "Pass the content of a .pub file: ssh-rsa or ssh-ed25519, then the key.");
        }
    }

    private static bool IsGoodPassword(string password, bool isWindows)
    {
        bool fits = password.Length >= (isWindows ? 8 : 6) && password.Length <= (isWindows ? 123 : 72);
        int kinds = Convert.ToInt32(password.Any(char.IsLower)) + Convert.ToInt32(password.Any(char.IsUpper))
            + Convert.ToInt32(password.Any(char.IsDigit)) + Convert.ToInt32(password.Any(c => !char.IsLetterOrDigit(c)));
        return fits && kinds >= 3 && !s_refusedPasswords.Contains(password);
    }

    private static string NameRule(bool isWindows) => isWindows
        ? "at most 20 characters, none of \\/\"[]:|<>+=;,?*@ or spaces, not ending in '.'"
        : "at most 64 lower-case letters, digits, '_', '-' or '.', beginning with a letter or '_'";

    private static string PasswordRule(bool isWindows) =>
        $"{(isWindows ? "8 to 123" : "6 to 72")} characters, three of: lower case, upper case, digit, special character; none of the well-known ones";
}
