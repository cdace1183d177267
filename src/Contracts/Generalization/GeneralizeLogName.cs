namespace ImageCmdlets;

/// <summary>A log that tells of generalizing, or of the first start after it.</summary>
public enum GeneralizeLogName
{
    /// <summary>Windows: what sysprep did, <c>System32\Sysprep\Panther\setupact.log</c>.</summary>
    Setupact,

    /// <summary>Windows: the errors of sysprep alone, <c>System32\Sysprep\Panther\setuperr.log</c>.</summary>
    Setuperr,

    /// <summary>Windows: the setup after a first start, <c>Panther\setupact.log</c>.</summary>
    SetupPanther,

    /// <summary>Windows: the last phase of a first start, <c>Panther\UnattendGC\setupact.log</c>.</summary>
    UnattendGC,

    /// <summary>The agent: <c>/var/log/waagent.log</c>, or <c>C:\WindowsAzure\Logs\WaAppAgent.log</c>.</summary>
    Waagent,

    /// <summary>Linux: <c>/var/log/cloud-init.log</c>.</summary>
    CloudInit,

    /// <summary>Linux: what the scripts of cloud-init printed, <c>/var/log/cloud-init-output.log</c>.</summary>
    CloudInitOutput,
}
