namespace ImageCmdlets;

/// <summary>How a run of sysprep ended, as far as its log shows.</summary>
public enum SysprepOutcome
{
    /// <summary>The log does not show it: setuperr.log alone, for one, says nothing of a run that went well.</summary>
    Unknown,

    /// <summary>Sysprep wrote its success file.</summary>
    Succeeded,

    /// <summary>Sysprep gave up, or logged an error that is known to stop it.</summary>
    Failed,

    /// <summary>The log ends before the run does: sysprep still runs or hangs, or the log was cut off.</summary>
    Incomplete,
}
