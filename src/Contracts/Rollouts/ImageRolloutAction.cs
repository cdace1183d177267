namespace ImageCmdlets;

/// <summary>What a rollout, or taking one back, does with something.</summary>
public enum ImageRolloutAction
{
    /// <summary>Nothing: it comes right by itself, or cannot be changed.</summary>
    None,

    /// <summary>A bad version is excluded from latest, everywhere and in each region, and tagged with the reason.</summary>
    Exclude,

    /// <summary>The model of a scale set gets another image.</summary>
    Repoint,

    /// <summary>A machine of a uniform scale set is brought to the set's model: its OS disk is made anew.</summary>
    Upgrade,

    /// <summary>A machine of a flexible scale set goes, and another takes its place.</summary>
    Replace,
}
