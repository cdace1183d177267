using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Vms;

/// <summary>What can be said of extensions before there is a machine, and what Azure is sent of them.</summary>
/// <remarks>Source: <c>VirtualMachineExtension</c>, and <c>VirtualMachineScaleSetExtension</c>, whose properties are the same.</remarks>
internal static class VMExtensions
{
    private const string Mask = "***";

    // Shorter texts are parts of words everywhere.
    private const int ShortestSecret = 4;

    private static readonly Regex s_version = new(@"^\d+(\.\d+){1,3}$", RegexOptions.CultureInvariant);
    private static readonly Regex s_name = new(@"^[^/\\?#%<>&:*]{1,80}$", RegexOptions.CultureInvariant);

    /// <summary>Adds what is wrong with the extensions that machines are to have.</summary>
    public static void Check(IReadOnlyList<ImageVMExtension> extensions, Problems problems)
    {
        foreach (ImageVMExtension extension in extensions)
            CheckOne(extension, problems);

        foreach (IGrouping<string, ImageVMExtension> same in extensions.GroupBy(extension => extension.Name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1))
            problems.Add(ErrorIds.InvalidArgument, $"Two extensions are called '{same.Key}'.", same.Key, "Give each extension a Name of its own.");

        // Azure: "Multiple VMExtensions per handler not supported for OS type".
        foreach (IGrouping<string, ImageVMExtension> same in extensions.GroupBy(HandlerOf, StringComparer.OrdinalIgnoreCase).Where(same => same.Select(one => one.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count() > 1))
            problems.Add(ErrorIds.InvalidArgument, $"A machine can have {same.Key} only once, not as {string.Join(" and ", same.Select(one => $"'{one.Name}'"))}.", same.Key, "Let one extension do what several should.");
    }

    /// <summary>The name under which the agent in the guest knows an extension: a machine has each only once.</summary>
    public static string HandlerOf(ImageVMExtension extension) => $"{extension.Publisher}.{extension.Type}";

    /// <summary>The properties of an extension, with its secrets.</summary>
    public static JsonObject Properties(ImageVMExtension extension)
    {
        var properties = new JsonObject
        {
            ["publisher"] = extension.Publisher,
            ["type"] = extension.Type,
            ["typeHandlerVersion"] = extension.Version,
            ["autoUpgradeMinorVersion"] = extension.AutoUpgradeMinorVersion,
        };
        if (extension.EnableAutomaticUpgrade)
            properties["enableAutomaticUpgrade"] = true;
        if (extension.Setting is { } settings)
            properties["settings"] = VMExtensionSettings.Of(settings);
        if (extension.ProtectedSetting is { } secret)
            properties["protectedSettings"] = VMExtensionSettings.Of(secret.Reveal());
        return properties;
    }

    // Of a command line a script prints what it was given of it: one word, the password.
    private static IEnumerable<string> Parts(string text) => text.Split([' ', '\t', '\r', '\n', '\'', '"', '=', ';', ','], StringSplitOptions.RemoveEmptyEntries).Append(text);

    /// <summary>A failure without the secrets of the extensions: scripts print what they were given.</summary>
    public static ImageCmdletsException Masked(IReadOnlyList<ImageVMExtension> extensions, ImageCmdletsException failure, string target, string message, string? advice)
    {
        string[] secrets = [.. extensions.Select(extension => extension.ProtectedSetting).OfType<ImageVMExtensionSecret>().SelectMany(secret => VMExtensionSettings.Texts(VMExtensionSettings.Of(secret.Reveal()))).SelectMany(Parts)
            .Where(text => text.Length >= ShortestSecret).OrderByDescending(text => text.Length)];
        string Shown(string text) => secrets.Aggregate(text, (shown, secret) => shown.Replace(secret, Mask));
        return failure is ArmOperationException { Details: { } details }
            ? new ArmOperationException(failure.ErrorId, Shown(message), details with { ResourceId = target, ServiceMessage = details.ServiceMessage is { } text ? Shown(text) : null }, advice)
            : new ImageCmdletsException(failure.ErrorId, Shown(message), target, advice);
    }

    private static void CheckOne(ImageVMExtension extension, Problems problems)
    {
        string name = extension.Name;
        string[] missing = [.. new[] { (nameof(extension.Publisher), extension.Publisher), (nameof(extension.Type), extension.Type), (nameof(extension.Version), extension.Version) }
            .Where(part => string.IsNullOrWhiteSpace(part.Item2)).Select(part => part.Item1)];
        if (missing.Length > 0)
        {
            problems.Add(ErrorIds.InvalidArgument, $"The extension '{name}' has no {string.Join(" and no ", missing)}.", name,
                "Pass @{ Publisher = 'Microsoft.Azure.Extensions'; Type = 'CustomScript'; Version = '2.1' }, or what the extension's publisher names.");
            return;
        }

        if (!s_name.IsMatch(name))
            problems.Add(ErrorIds.InvalidArgument, $"'{name}' cannot be the name of an extension: 1 to 80 characters, none of /\\?#%<>&:*.", name);
        if (!s_version.IsMatch(extension.Version))
            problems.Add(ErrorIds.InvalidArgument, $"'{extension.Version}' cannot be the version of the extension '{name}'.", name, "Write it as 2.1.");

        try
        {
            Properties(extension);
        }
        catch (ImageCmdletsException problem)
        {
            problems.Add(problem);
        }
    }
}
