using ImageCmdlets.Engine.Naming;

namespace ImageCmdlets.Commands;

/// <summary>What can be said against an argument without asking Azure; null where nothing can, or where it was not given.</summary>
internal static class ArgumentCheck
{
    /// <summary>A pattern where one thing must be named.</summary>
    public static ImageCmdletsException? Wildcard(string parameter, string? value) => !NamePattern.HasWildcard(value) ? null : new ImageCmdletsException(
        ErrorIds.InvalidArgument, $"-{parameter} takes no wildcards: '{value}'.", value, "Find what fits with a Get- command, which takes wildcards, and pipe it in.");

    /// <summary>A pattern, or a name that no resource group can have. Whether it exists is seen when it is needed: a command before may make it.</summary>
    public static ImageCmdletsException? Group(string parameter, string? value) =>
        value is null ? null : Wildcard(parameter, value) ?? ResourceNames.GroupProblem(value);

    /// <summary>A pattern as a source. An address may have a question mark in it, an id is never a pattern.</summary>
    public static ImageCmdletsException? Source(string parameter, string? value) =>
        value is null || value[0] == '/' || value.IndexOf("://", StringComparison.Ordinal) > 0 ? null : Wildcard(parameter, value);

    /// <summary>A name that Azure would refuse for what is to be made.</summary>
    public static ImageCmdletsException? NewName(string resourceType, string? value) => value is null ? null : ResourceNames.Problem(resourceType, value);

    /// <summary>A value that is none of those possible.</summary>
    public static ImageCmdletsException? OneOf(string parameter, string? value, IReadOnlyList<string> possible) =>
        value is null || possible.Contains(value, StringComparer.OrdinalIgnoreCase) ? null : new ImageCmdletsException(
            ErrorIds.InvalidArgument, $"'{value}' is not possible for -{parameter}.", value, $"Pass one of {string.Join(", ", possible)} with -{parameter}.");

    /// <summary>A parameter that was given beside one that it does not go with.</summary>
    public static ImageCmdletsException? NotWith(bool isGiven, string parameter, string other) => isGiven
        ? new ImageCmdletsException(ErrorIds.InvalidArgument, $"-{parameter} cannot be used with -{other}.", parameter,
            parameter == "NoWait" ? "Leave -NoWait out, or use -AsJob." : $"Leave -{parameter} out, or -{other}.")
        : null;

    /// <summary>A pause that Azure would not take: less than none, or no whole seconds. PowerShell takes a bare number for ten millionths of a second.</summary>
    public static ImageCmdletsException? Pause(string parameter, TimeSpan? value) => value is not { } pause || (pause >= TimeSpan.Zero && pause.Ticks % TimeSpan.TicksPerSecond == 0) ? null : new ImageCmdletsException(
        ErrorIds.InvalidArgument, $"A pause does not take {value}.", value, $"Pass a time span of whole seconds with -{parameter}, such as 00:05:00.");

    /// <summary>A command that changes something, without anything to change.</summary>
    public static ImageCmdletsException? SomethingToChange(bool isGiven, string advice) =>
        isGiven ? null : new ImageCmdletsException(ErrorIds.InvalidArgument, "There is nothing to change.", null, advice);

    /// <summary><c>-NoWait</c> where the answer is all that there is.</summary>
    public static ImageCmdletsException? MustWait(bool noWait) => noWait
        ? new ImageCmdletsException(ErrorIds.InvalidArgument, "What is not waited for cannot be read.", "NoWait", "Leave -NoWait out, or use -AsJob.")
        : null;
}
