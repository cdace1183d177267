using System.Globalization;
using System.IO.Compression;

namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>Casts and the static members of types.</summary>
internal static class PsTypes
{
    /// <summary>Converts a value; types that the model does not know leave it as it is.</summary>
    public static object? Cast(string type, object? value) => new PsTypeName(type).Short switch
    {
        "string" => PsConvert.ToText(value),
        "int" or "int32" or "long" or "int64" or "uint32" => PsConvert.ToInt(value),
        "double" or "decimal" => PsConvert.ToNumber(value)
            ?? throw new PsException($"Cannot convert value \"{PsConvert.ToText(value)}\" to a number."),
        "bool" or "boolean" or "switch" => PsConvert.ToBool(value),
        "void" => null,
        "array" or "object[]" or "string[]" => PsConvert.Items(value).ToArray(),
        "pscustomobject" or "psobject" => value is PsTable table ? table.As(isObject: true) : value,
        "datetime" => DateTimeOffset.Parse(PsConvert.ToText(value), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        _ => value,
    };

    /// <summary>A static property.</summary>
    public static object? Get(PsTypeName type, string name, GuestMachine machine) => (type.Short, name.ToLowerInvariant()) switch
    {
        ("datetime" or "datetimeoffset", "utcnow" or "now") => machine.Now,
        ("string", "empty") => string.Empty,
        ("environment", "machinename") => PsSystem.ComputerName(machine),
        ("environment", "newline") => "\r\n",
        ("int" or "int32", "maxvalue") => (long)int.MaxValue,
        ("compressionmode", "compress") => CompressionMode.Compress,
        ("compressionmode", "decompress") => CompressionMode.Decompress,
        _ => null,
    };

    /// <summary>A static method; null for those that the model does not know.</summary>
    public static object? Invoke(PsTypeName type, string name, IReadOnlyList<object?> arguments, GuestMachine machine)
    {
        string first = arguments.Count > 0 ? PsConvert.ToText(arguments[0]) : string.Empty;
        string second = arguments.Count > 1 ? PsConvert.ToText(arguments[1]) : string.Empty;
        GuestFileSystem files = machine.Disk.Files;
        switch (type.Short, name.ToLowerInvariant())
        {
            case ("string", "isnullorempty"):
                return first.Length == 0;
            case ("string", "isnullorwhitespace"):
                return string.IsNullOrWhiteSpace(first);
            case ("string", "join"):
                return string.Join(first, PsConvert.Items(arguments.ElementAtOrDefault(1)).Select(PsConvert.ToText));
            case ("path", "combine"):
                return string.Join("\\", arguments.Select(static a => PsConvert.ToText(a).TrimEnd('\\')));
            case ("file", "exists"):
                return files.IsFile(first);
            case ("directory", "exists"):
                return files.IsDirectory(first);
            case ("file", "readalltext"):
                return files.Read(first) ?? throw new PsException($"Could not find file '{first}'.");
            case ("file", "readallbytes"):
                return GuestBytes.Of(files.Read(first) ?? throw new PsException($"Could not find file '{first}'."));
            case ("file", "writeallbytes"):
                files.Write(first, GuestBytes.Text((byte[])arguments[1]!));
                return null;
            case ("convert", "tobase64string"):
                return Convert.ToBase64String((byte[])arguments[0]!);
            case ("convert", "frombase64string"):
                return Convert.FromBase64String(first);
            case ("file", "writealltext"):
                files.Write(first, second);
                return null;
            case ("file", "delete"):
                files.Delete(first);
                return null;
            case ("math", "min"):
                return PsConvert.FromNumber(Math.Min(Number(first), Number(second)), whole: true);
            case ("math", "max"):
                return PsConvert.FromNumber(Math.Max(Number(first), Number(second)), whole: true);
            case ("math", "round"):
                return PsConvert.FromNumber(Math.Round(Number(first), (int)Number(second)), whole: true);
            case ("environment", "getenvironmentvariable"):
                return PsSystem.Environment(machine, first);
            default:
                return null;
        }
    }

    private static double Number(string text) => PsConvert.ToNumber(text) ?? 0;
}
