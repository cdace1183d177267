using ImageCmdlets.Sandbox.Errors;

namespace ImageCmdlets.Sandbox.Storage;

/// <summary>Refusals of the storage provider, with the texts of its article on errors.</summary>
internal static class StorageErrors
{
    public static string InvalidName(string name) =>
        $"{name} is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and " +
        "use numbers and lower-case letters only.";

    public static string Taken(string name) => $"The storage account named {name} is already taken.";

    public static ArmException AccountNameInvalid(string name) => Refuse(400, "AccountNameInvalid", InvalidName(name));

    public static ArmException AlreadyTaken(string name) => Refuse(409, "StorageAccountAlreadyTaken", Taken(name));

    public static ArmException InAnotherGroup(string name) => Refuse(
        409, "StorageAccountInAnotherResourceGroup", $"The account {name} is already in another resource group in this subscription.");

    public static ArmException OperationInProgress(string name) => Refuse(
        409,
        "StorageAccountOperationInProgress",
        $"An operation is currently performing on this storage account that requires exclusive access. ({name})");

    public static ArmException InvalidValue(string property, string? value) => Refuse(
        400, "InvalidRequestPropertyValue", $"The value '{value}' is not allowed for property {property}.");

    /// <summary>Text as quoted by users of templates.</summary>
    public static ArmException Missing(string property) =>
        Refuse(400, "InvalidRequestContent", $"Required property '{property}' not found in JSON.");

    public static ArmException CannotChange(string property) => Refuse(
        409, "StorageAccountPropertyCannotBeUpdated", $"The property '{property}' was specified in the input, but it cannot be updated.");

    public static ArmException KeyName(string? name) =>
        Refuse(400, "InvalidValuesForRequestParameters", $"Values for request parameters are invalid: keyName. ({name})");

    public static ArmException ContainerName(string name) => Refuse(
        400, "ContainerInvalidName", $"The specified container name {name} is invalid.");

    public static ArmException Refuse(int status, string code, string message) => new(status, new ArmError(code, message));
}
