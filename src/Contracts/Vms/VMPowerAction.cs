namespace ImageCmdlets;

/// <summary>What Start- and Stop-ImageVM ask of Azure.</summary>
public enum VMPowerAction
{
    Start,

    /// <summary>Shut down and release the hardware: <c>VM deallocated</c>.</summary>
    Deallocate,

    /// <summary>Shut down and keep the hardware, which goes on costing: <c>VM stopped</c>.</summary>
    PowerOff,
}
