namespace ImageCmdlets.Engine.Diagnosis;

/// <summary>How the characters of a file are laid out.</summary>
internal enum TextShape
{
    /// <summary>UTF-8 or a code page, decided line by line: several programs may have written into one log.</summary>
    Bytes,

    Utf16LittleEndian,

    Utf16BigEndian,
}
