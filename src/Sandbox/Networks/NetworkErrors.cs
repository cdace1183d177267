using ImageCmdlets.Sandbox.Errors;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>
/// Refusals of Microsoft.Network, in the words that its users pasted into public issues. Network always writes
/// <c>details</c>, also when there are none.
/// </summary>
internal static class NetworkErrors
{
    /// <summary>The body cannot be read as the type's contract; the detail tells where.</summary>
    public static ArmException InvalidRequestFormat(string code, string message) => new(
        400,
        new ArmError("InvalidRequestFormat", "Cannot parse the request.") { Details = [new ArmError(code, message)] });

    public static ArmException MissingReferenceId(string path) =>
        InvalidRequestFormat("MissingJsonReferenceId", $"Value for reference id is missing. Path {path}.");

    public static ArmException InvalidReferenceFormat(string id, string type, string path) => InvalidRequestFormat(
        "InvalidJsonReferenceFormat",
        $"Reference Id {id} is not formatted correctly. The Id is expected to reference resources of type {type}. Path {path}.");

    public static ArmException MissingProperty(string name, string path) =>
        InvalidRequestFormat("InvalidJson", $"Required property '{name}' not found in JSON. Path '{path}'.");

    public static ArmException DuplicateName(string parentId, string name) => InvalidRequestFormat(
        "DuplicateResourceName",
        $"Resource {parentId} has two child resources with the same name ({name}).");

    public static ArmException InvalidResourceName(string name) => Refuse(
        "InvalidResourceName",
        $"Resource name {name} is invalid. The name can be up to 80 characters long. It must begin with a word character, " +
        "and it must end with a word character or with '_'. The name may contain word characters or '.', '-', '_'.");

    /// <summary>Also the answer to a reference into another region.</summary>
    public static ArmException InvalidReference(string referenced, string referrer) => Refuse(
        "InvalidResourceReference",
        $"Resource {referenced} referenced by resource {referrer} was not found. " +
        "Please make sure that the referenced resource exists, and that both resources are in the same region.");

    /// <summary>429: the client is meant to try again.</summary>
    public static ArmException NotProvisioned(string referenced, string referrer, string state, string lastOperation) => new(
        429,
        new ArmError("RetryableError", "A retryable error occured.")
        {
            Details =
            [
                new ArmError(
                    "ReferencedResourceNotProvisioned",
                    $"Cannot proceed with operation because resource {referenced} used by resource {referrer} is not in " +
                    $"Succeeded state. Resource is in {state} state and the last operation that updated/is updating the " +
                    $"resource is {lastOperation}."),
            ],
        });

    public static ArmException AnotherOperationInProgress(string operationUri) => Refuse(
        "AnotherOperationInProgress",
        "Another operation on this or dependent resource is in progress. " +
        $"To retrieve status of the operation use uri: {operationUri}.",
        409);

    public static ArmException SubnetInUse(string subnet, IEnumerable<string> users) => Refuse(
        "InUseSubnetCannotBeDeleted",
        $"Subnet {subnet} is in use by {string.Join(" and ", users)} and cannot be deleted. " +
        "In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.");

    public static ArmException PrefixInUse(string prefix, string subnet) => Refuse(
        "InUsePrefixCannotBeDeleted",
        $"IpPrefix {prefix} on Subnet {subnet} has active allocations and cannot be deleted.");

    public static ArmException InterfaceInUse(string id, string user) => Refuse(
        "NicInUse",
        $"Network Interface {id} is used by existing resource {user}. In order to delete the network interface, " +
        "it must be dissociated from the resource. To learn more, see aka.ms/deletenic.");

    public static ArmException PublicAddressInUse(string id, string user) => Refuse(
        "PublicIPAddressCannotBeDeleted",
        $"Public IP address {id} can not be deleted since it is still allocated to resource {user}. In order to delete the " +
        "public IP, disassociate/detach the Public IP address from the resource. " +
        "To learn how to do this, see aka.ms/deletepublicip.");

    public static ArmException PublicAddressTaken(string referrer, string id, string user) => Refuse(
        "PublicIPAddressInUse",
        $"Resource {referrer} is referencing public IP address {id} that is already allocated to resource {user}.");

    public static ArmException SecurityGroupInUse(string id, IEnumerable<string> users) => Refuse(
        "InUseNetworkSecurityGroupCannotBeDeleted",
        $"Network security group {id} cannot be deleted because it is in use by the following resources: " +
        $"{string.Join(", ", users)}. In order to delete the Network security group, remove the association with the " +
        "resource(s). To learn how to do this, see aka.ms/deletensg.");

    public static ArmException Refuse(string code, string message, int status = 400) =>
        new(status, new ArmError(code, message) { ListsNoDetails = true });
}
