namespace ImageCmdlets;

/// <summary>How the number of a new image version follows from those that are there. The greatest counts, whatever its state: a number is used once.</summary>
public enum VersionIncrement
{
    /// <summary>1.2.3 is followed by 1.2.4.</summary>
    Patch,

    /// <summary>1.2.3 is followed by 1.3.0.</summary>
    Minor,

    /// <summary>1.2.3 is followed by 2.0.0.</summary>
    Major,

    /// <summary>Year, month and day, and a number for each of the day: 2026.1123.0, 2026.1123.1.</summary>
    Date,
}
