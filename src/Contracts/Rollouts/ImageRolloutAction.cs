namespace ImageCmdlets;

/// <summary>What bringing back does with something.</summary>
public enum ImageRolloutAction
{
    /// <summary>Nothing: it comes right by itself, or cannot be changed.</summary>
    None,

    /// <summary>A bad version is excluded from latest, everywhere and in each region, and tagged with the reason.</summary>
    Exclude,

    /// <summary>The model of a scale set gets the good version.</summary>
    Repoint,
}
