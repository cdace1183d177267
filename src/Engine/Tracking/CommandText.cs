namespace ImageCmdlets.Engine.Tracking;

/// <summary>A command as a user can type it.</summary>
internal static class CommandText
{
    /// <param name="cmdlet">Its name.</param>
    /// <param name="arguments">Parameters with their values; null: a switch.</param>
    public static string Of(string cmdlet, params (string Parameter, string? Value)[] arguments) =>
        cmdlet + string.Concat(arguments.Select(argument => argument.Value is null ? " -" + argument.Parameter : $" -{argument.Parameter} '{argument.Value.Replace("'", "''")}'"));
}
