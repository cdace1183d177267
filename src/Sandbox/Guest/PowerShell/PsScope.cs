namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>Variables. A name that is not found here is looked for in the caller's scope.</summary>
internal sealed class PsScope(PsScope? parent)
{
    private readonly Dictionary<string, object?> _variables = new(StringComparer.OrdinalIgnoreCase);

    private PsScope Root => parent is null ? this : parent.Root;

    public object? Get(string name)
    {
        (PsScope scope, string bare) = Find(name);
        for (PsScope? at = scope; at is not null; at = at.Parent)
        {
            if (at._variables.TryGetValue(bare, out object? value))
            {
                return value;
            }
        }

        return null;
    }

    public void Set(string name, object? value)
    {
        (PsScope scope, string bare) = Find(name);
        scope._variables[bare] = value;
    }

    private PsScope? Parent => parent;

    private (PsScope Scope, string Name) Find(string name)
    {
        int colon = name.IndexOf(':');
        if (colon < 0)
        {
            return (this, name);
        }

        string bare = name.Substring(colon + 1);
        return name.Substring(0, colon).ToLowerInvariant() switch
        {
            "script" or "global" => (Root, bare),
            "local" or "using" or "private" => (this, bare),
            _ => (Root, name),
        };
    }
}
