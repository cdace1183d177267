namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>What a file of the folder is, told by its beginning and not by its name.</summary>
internal enum RecordingFormat
{
    /// <summary>Something else.</summary>
    None,

    /// <summary>VCR yaml, as azure-cli records.</summary>
    Vcr,

    /// <summary>HttpRecorder json, as Azure PowerShell and the .NET SDK record.</summary>
    HttpRecorder,

    /// <summary>One error a line.</summary>
    ErrorLines,
}
