namespace ImageCmdlets.Engine.Tracking;

/// <summary>A command as a user can type it.</summary>
internal static class CommandText
{
    /// <summary>Texts as they go down a pipeline.</summary>
    public static string List(IEnumerable<string> values) => string.Join(", ", values.Select(Quote));

    /// <param name="cmdlet">Its name.</param>
    /// <param name="arguments">Parameters with their values; null: a switch.</param>
    public static string Of(string cmdlet, params (string Parameter, string? Value)[] arguments) =>
        cmdlet + string.Concat(arguments.Select(argument => argument.Value is null ? " -" + argument.Parameter : $" -{argument.Parameter} {Quote(argument.Value)}"));

    private static string Quote(string value) => $"'{value.Replace("'", "''")}'";
}
