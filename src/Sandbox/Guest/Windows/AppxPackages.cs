namespace ImageCmdlets.Sandbox.Guest.Windows;

/// <summary>The store packages of a Windows disk: those that every user gets and those that single users have.</summary>
internal static class AppxPackages
{
    // The account that run commands and sysprep look at first; any user's packages stop sysprep.
    private const string SomeUser = "S-1-5-21-0-0-0-500";

    /// <summary>
    /// Full names of packages that any user has, for example <c>Microsoft.Winget.Source_2024.1.1.0_neutral__8wekyb3d8bbwe</c>.
    /// </summary>
    public static IReadOnlyList<string> Installed(GuestRegistry registry) =>
        [.. registry.Children(WindowsPaths.AppxUsers)
            .SelectMany(u => registry.Children($@"{WindowsPaths.AppxUsers}\{u}"))
            .Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Full names of packages that every new user gets.</summary>
    public static IReadOnlyList<string> Provisioned(GuestRegistry registry) => registry.Children(WindowsPaths.AppxProvisioned);

    /// <summary>The first package that sysprep stumbles over, or null.</summary>
    public static string? OnlyForOneUser(GuestRegistry registry) =>
        Installed(registry).FirstOrDefault(p => !Provisioned(registry).Contains(p, StringComparer.OrdinalIgnoreCase));

    /// <summary>Installs a package for one user only.</summary>
    public static void Install(GuestRegistry registry, string fullName) =>
        registry.Ensure($@"{WindowsPaths.AppxUsers}\{SomeUser}\{fullName}");

    /// <summary>Removes a package from all users who have it.</summary>
    public static void Remove(GuestRegistry registry, string fullName)
    {
        foreach (string user in registry.Children(WindowsPaths.AppxUsers))
        {
            registry.Delete($@"{WindowsPaths.AppxUsers}\{user}\{fullName}");
        }
    }

    /// <summary>Stops giving a package to new users.</summary>
    public static void Unprovision(GuestRegistry registry, string fullName) =>
        registry.Delete($@"{WindowsPaths.AppxProvisioned}\{fullName}");
}
