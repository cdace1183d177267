namespace ImageCmdlets.Commands;

/// <summary>The names of the parameter sets, the same in every cmdlet.</summary>
internal static class ParameterSets
{
    /// <summary>The default: with it as default, objects that have an id and a name bind by id, and positions still choose names.</summary>
    public const string ById = nameof(ById);

    public const string ByName = nameof(ByName);

    public const string InputObject = nameof(InputObject);
}
