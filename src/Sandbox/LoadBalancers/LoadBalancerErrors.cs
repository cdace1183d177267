using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Networks;

namespace ImageCmdlets.Sandbox.LoadBalancers;

/// <summary>
/// Refusals of load balancers, in the words that users pasted into public issues (azure-cli 14167, terraform-provider-azurerm
/// 9076, azure-docs 94673, cluster-api-provider-azure 3163, vm-scale-sets 53, azure-powershell 4698); codes also as the article
/// "Troubleshoot common Azure deployment errors with Azure Load Balancer" lists them.
/// </summary>
internal static class LoadBalancerErrors
{
    public static ArmException SkuMismatch(string balancer, string sku, string address, string addressSku) => NetworkErrors.Refuse(
        "PublicIPAndLBSkuDoNotMatch",
        $"{sku} sku load balancer {balancer} cannot reference {addressSku} sku publicIP {address}.");

    /// <summary>The code is documented, its text is an assumption.</summary>
    public static ArmException NoFrontend(string balancer) => NetworkErrors.Refuse(
        "LoadBalancerWithoutFrontendIPCantHaveChildResources",
        $"Load balancer {balancer} does not have a frontend IP configuration and cannot have child resources.");

    public static ArmException SameBackend(string first, string second, string protocol, long port, string pool) =>
        NetworkErrors.Refuse(
            "RulesUseSameBackendPortProtocolAndPool",
            $"Load balancing rules {first} and {second} with floating IP disabled use the same protocol {protocol} and backend " +
            $"port {port}, and must not be used with the same backend address pool {pool}.");

    /// <summary>Code and text are assumptions, made after those of the backend.</summary>
    public static ArmException SameFrontend(string first, string second, string protocol, long port, string frontend) =>
        NetworkErrors.Refuse(
            "RulesUseSameFrontendPortProtocolAndIPConfig",
            $"Load balancing rules {first} and {second} use the same protocol {protocol} and frontend port {port}, and must not " +
            $"be used with the same frontend IP configuration {frontend}.");

    /// <summary>Code and text are assumptions.</summary>
    public static ArmException InvalidPort(string part, string name, string value, long least, long most) => NetworkErrors.Refuse(
        "InvalidPort", $"Resource {part} has invalid {name}. Value provided: {value}. Valid range {least}-{most}.");

    public static ArmException InUse(string balancer, IEnumerable<string> parts, string set) => NetworkErrors.Refuse(
        "LoadBalancerInUseByVirtualMachineScaleSet",
        $"Cannot delete load balancer {balancer} since its child resources {string.Join(",", parts)} are in use by virtual " +
        $"machine scale set {set}.");

    /// <summary>The text is known, the code is that of the whole balancer.</summary>
    public static ArmException PartInUse(string kind, string part, string set) => NetworkErrors.Refuse(
        "LoadBalancerInUseByVirtualMachineScaleSet",
        $"Cannot remove {kind} {part} from load balancer since it is in use by virtual machine scale set {set}.");

    public static ArmException RuleOfHealthProbe(string rule, string probe, string set) => NetworkErrors.Refuse(
        "CannotRemoveRuleUsedByProbeUsedByVMSS",
        $"Load balancer rule {rule} cannot be removed because the rule references the load balancer probe {probe} that is used " +
        $"as health probe by VM scale set {set}. To remove this rule, please update VM scale set to remove the reference to the " +
        "probe.");

    /// <summary>Code and text are assumptions, made after those of public addresses.</summary>
    public static ArmException NatRuleTaken(string configuration, string rule, string user) => NetworkErrors.Refuse(
        "InboundNatRuleInUse",
        $"Resource {configuration} is referencing inbound NAT rule {rule} that is already allocated to resource {user}.");
}
