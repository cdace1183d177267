using ImageCmdlets.Sandbox.Errors;

namespace ImageCmdlets.Sandbox.Compute;

/// <summary>Refusals that all services of Microsoft.Compute share.</summary>
internal static class ComputeErrors
{
    public static ArmException InvalidParameter(string message, string? target) =>
        Refuse(400, "InvalidParameter", message, target);

    /// <summary>Seen for osProfile, hyperVGeneration and others; the target is the parameter.</summary>
    public static ArmException Missing(string parameter) =>
        InvalidParameter($"Required parameter '{parameter}' is missing (null).", parameter);

    public static ArmException Invalid(string parameter) =>
        InvalidParameter($"The value of parameter {parameter} is invalid.", parameter);

    public static ArmException OutOfRange(string parameter, long value, long least, long most) => InvalidParameter(
        $"The value '{value}' of parameter '{parameter}' is out of range. The value must be between '{least}' and '{most}', " +
        "inclusive.",
        parameter);

    public static ArmException NotAllowed(string message, string? target = null) =>
        Refuse(409, "OperationNotAllowed", message, target);

    public static ArmException PropertyChange(string property) =>
        Refuse(409, "PropertyChangeNotAllowed", $"Changing property '{property}' is not allowed.", property);

    public static ArmException NotFound(string message) => Refuse(404, "NotFound", message, null);

    /// <summary>Text as recorded for a scale set; the codes of a disk's conflict were not recorded.</summary>
    public static ArmException Conflict() => Conflict(
        "The request failed due to conflict with a concurrent request. To resolve it, please refer to " +
        "https://aka.ms/activitylog to get more details on the conflicting requests.");

    public static ArmException Conflict(string message) => Refuse(409, "Conflict", message, null);

    public static ArmException Refuse(int status, string code, string message, string? target) =>
        new(status, new ArmError(code, message) { Target = target });
}
