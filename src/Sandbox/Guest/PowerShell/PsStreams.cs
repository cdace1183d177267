using System.IO.Compression;

namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>The streams of .NET that scripts pack bytes with.</summary>
internal static class PsStreams
{
    /// <summary>What <c>New-Object</c> makes of a type's name; null for types that the model does not know.</summary>
    public static Stream? Create(PsTypeName type, IReadOnlyList<object?> arguments) => type.Short switch
    {
        "memorystream" => arguments.Count > 0 && arguments[0] is byte[] bytes ? new MemoryStream(bytes) : new MemoryStream(),
        "gzipstream" when arguments.Count > 1 && arguments[0] is Stream inner && arguments[1] is CompressionMode mode =>
            new GZipStream(inner, mode, leaveOpen: true),
        _ => null,
    };

    /// <summary>Calls a method; those that the model does not know give null.</summary>
    public static object? Invoke(Stream stream, string name, IReadOnlyList<object?> arguments)
    {
        switch (name)
        {
            case "write" when arguments.Count == 3 && arguments[0] is byte[] bytes:
                stream.Write(bytes, (int)PsConvert.ToInt(arguments[1]), (int)PsConvert.ToInt(arguments[2]));
                return null;
            case "copyto" when arguments.Count > 0 && arguments[0] is Stream target:
                stream.CopyTo(target);
                return null;
            case "toarray" when stream is MemoryStream memory:
                return memory.ToArray();
            case "close" or "dispose":
                stream.Dispose();
                return null;
            default:
                return null;
        }
    }
}
