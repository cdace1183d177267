using System.Text.RegularExpressions;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>Which users of a Linux guest go and which stay, as its script is told.</summary>
internal static class GuestUsers
{
    // As the script has it: names end up as words of a command line in the guest.
    private static readonly Regex s_name = new(@"\A[A-Za-z0-9._][A-Za-z0-9._-]*\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));

    /// <exception cref="ImageCmdletsException">InvalidArgument: a name is none, or both stays and goes; OSTypeMismatch: it is a Windows
    /// machine. Nothing was changed.</exception>
    public static void Require(GeneralizeOptions options, Machine machine)
    {
        string[] all = [.. options.KeepUser, .. options.RemoveUser];
        if (all.FirstOrDefault(name => !s_name.IsMatch(name)) is { } bad)
            throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"'{bad}' is not the name of a Linux user.", machine.Id, "Names have letters, digits, '.', '_' and '-'.");
        if (options.KeepUser.Intersect(options.RemoveUser, StringComparer.Ordinal).FirstOrDefault() is { } both)
            throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"The user '{both}' cannot both stay and go.", machine.Id, "Leave it out of -KeepUser or of -RemoveUser.");
        if (all.Length > 0 && machine.IsWindows)
        {
            throw new ImageCmdletsException(ErrorIds.OSTypeMismatch, $"'{machine.Name}' is a Windows machine; -KeepUser and -RemoveUser are for Linux.", machine.Id,
                "Leave them out: sysprep keeps the local users of Windows, and the machines made of the image get their administrator anew.");
        }
    }

    /// <summary>The parameters of the script that generalizes: on Linux also the user that Azure made, whom the guest may have forgotten. A
    /// name that the script would refuse is kept back; the guest's own knowledge has to do then.</summary>
    public static IReadOnlyDictionary<string, string>? Parameters(Machine machine, GeneralizeOptions? options)
    {
        if (machine.IsWindows)
            return null;

        var parameters = new Dictionary<string, string>();
        if (machine.VM.AdminUserName is { } user && s_name.IsMatch(user))
            parameters["IMAGECMDLETS_ADMIN_USER"] = user;
        if (options?.RemoveUser.Count > 0)
            parameters["IMAGECMDLETS_REMOVE_USERS"] = string.Join(",", options.RemoveUser);
        if (options?.KeepUser.Count > 0)
            parameters["IMAGECMDLETS_KEEP_USERS"] = string.Join(",", options.KeepUser);
        return parameters.Count > 0 ? parameters : null;
    }
}
