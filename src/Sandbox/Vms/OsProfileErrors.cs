using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Errors;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>Refusals of <c>osProfile</c>, as users quote them; no recording has them.</summary>
internal static class OsProfileErrors
{
    private const string BadCharacters = "` ~ ! @ # $ % ^ & * ( ) = + _ [ ] { } \\ | ; : . ' \" , < > / ?.";

    public static ArmException WindowsName() => ComputeErrors.InvalidParameter(
        "Windows computer name cannot be more than 15 characters long, be entirely numeric, or contain the following " +
        $"characters: {BadCharacters}",
        "computerName");

    public static ArmException LinuxName() => ComputeErrors.InvalidParameter(
        "Linux host name cannot exceed 64 characters in length or contain the following characters: " +
        "` ~ ! @ # $ % ^ & * ( ) = + _ [ ] { } \\ | ; : ' \" , < > / ?.",
        "computerName");

    public static ArmException Password(int least, int most) => ComputeErrors.InvalidParameter(
        $"The supplied password must be between {least}-{most} characters long and must satisfy at least 3 of password " +
        "complexity " +
        "requirements from the following:\r\n1) Contains an uppercase character\r\n2) Contains a lowercase character\r\n" +
        "3) Contains a numeric digit\r\n4) Contains a special character\r\n5) Control characters are not allowed",
        "adminPassword");

    public static ArmException UserName() =>
        ComputeErrors.InvalidParameter("The Admin Username specified is not allowed.", "adminUsername");

    public static ArmException NoAuthentication() => ComputeErrors.InvalidParameter(
        "Authentication using either SSH or by user name and password must be enabled in Linux profile.", "linuxConfiguration");
}
