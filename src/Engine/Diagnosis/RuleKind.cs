namespace ImageCmdlets.Engine.Diagnosis;

/// <summary>What an error that fits a rule is worth.</summary>
internal enum RuleKind
{
    /// <summary>It says why.</summary>
    Cause,

    /// <summary>It only repeats that something failed, and where.</summary>
    Consequence,

    /// <summary>Healthy machines log it too. Taken for the cause, it costs people days.</summary>
    Noise,
}
