namespace ImageCmdlets;

/// <summary>How far a run of sysprep came, in the order in which it works.</summary>
public enum SysprepPhase
{
    /// <summary>Nothing in the log says it.</summary>
    Unknown,

    /// <summary>Its providers look whether they could do their work; nothing is changed yet.</summary>
    Validate,

    /// <summary>Action file Cleanup.xml.</summary>
    Cleanup,

    /// <summary>Action file Generalize.xml: a failure from here on leaves Windows in a state that has to be mended.</summary>
    Generalize,

    /// <summary>Action file Specialize.xml, at the first start of a copy.</summary>
    Specialize,

    /// <summary>The success file is written.</summary>
    Finished,
}
