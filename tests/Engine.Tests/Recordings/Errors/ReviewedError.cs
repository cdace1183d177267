namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>What a person reading Azure's answer understands by it.</summary>
/// <param name="ErrorId">The id that a user should get.</param>
/// <param name="Code">Azure's innermost code; null: any, or none.</param>
/// <param name="Text">Words of Azure's innermost message; null: any.</param>
/// <param name="Path">Words of the request's path; null: any.</param>
/// <param name="Status">The HTTP status; null: any.</param>
/// <param name="Method">The request's method; null: any.</param>
internal sealed record ReviewedError(string ErrorId, string? Code = null, string? Text = null, string? Path = null, int? Status = null, string? Method = null)
{
    public bool Fits(RecordedExchange exchange, string? code, string? message) =>
        (Status is null || Status == exchange.Status)
        && (Method is null || Method == exchange.Method)
        && (Code is null || Code == code)
        && (Text is null || message?.Contains(Text, StringComparison.Ordinal) == true)
        && (Path is null || exchange.Uri.AbsolutePath.Contains(Path, StringComparison.OrdinalIgnoreCase));
}
