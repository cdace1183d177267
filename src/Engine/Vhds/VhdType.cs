namespace ImageCmdlets.Engine.Vhds;

/// <summary>How a VHD keeps its bytes, by the numbers of its footer.</summary>
internal enum VhdType
{
    /// <summary>No disk at all.</summary>
    None = 0,

    /// <summary>As they are, one after the other: the only kind that Azure takes.</summary>
    Fixed = 2,

    /// <summary>In blocks, of which empty ones are left out.</summary>
    Dynamic = 3,

    /// <summary>As changes against another VHD.</summary>
    Differencing = 4,
}
