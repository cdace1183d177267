namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>What a part of a word stands for.</summary>
internal enum ShPartKind
{
    /// <summary>Itself.</summary>
    Text,

    /// <summary>A parameter: <c>$name</c>, <c>${name}</c>, <c>${name:-word}</c>.</summary>
    Parameter,

    /// <summary>The output of a command: <c>$(…)</c>.</summary>
    Command,

    /// <summary>A number: <c>$((…))</c>.</summary>
    Arithmetic,
}
