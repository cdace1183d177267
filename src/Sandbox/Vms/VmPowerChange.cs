namespace ImageCmdlets.Sandbox.Vms;

/// <summary>Operations that change whether a machine runs: what each leads to, and which stand in each other's way.</summary>
internal static class VmPowerChange
{
    // By kind of operation, in the words of the instance view.
    private static readonly Dictionary<string, string> s_states = new(StringComparer.Ordinal)
    {
        ["Vms.start"] = "Running",
        ["Vms.powerOff"] = "Stopped",
        ["Vms.deallocate"] = "Deallocated",
    };

    // As error texts name them.
    private static readonly string[] s_operations = ["Start VM", "Power Off VM", "Deallocate VM", "Restart VM", "Redeploy VM"];

    /// <summary>The power state to which a machine is on its way.</summary>
    /// <param name="pending">Kind of the operation that runs.</param>
    /// <param name="operation">Name of the operation that is asked for.</param>
    /// <returns>Null unless both of them change the machine's power.</returns>
    public static string? Between(string pending, string operation) =>
        s_operations.Contains(operation) && s_states.TryGetValue(pending, out string? state) ? state : null;
}
