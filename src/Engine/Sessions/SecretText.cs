using System.Runtime.InteropServices;
using System.Security;

namespace ImageCmdlets.Engine.Sessions;

/// <summary>The text in a SecureString, for the one request that needs it.</summary>
internal static class SecretText
{
    public static string Reveal(SecureString? secret)
    {
        if (secret is null)
            return string.Empty;

        IntPtr memory = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            return Marshal.PtrToStringUni(memory) ?? string.Empty;
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(memory);
        }
    }
}
