namespace ImageCmdlets.Tests.ExchangeRecorder;

/// <summary>What a sandbox's listener heard.</summary>
/// <param name="Method">HTTP method in upper case.</param>
/// <param name="Address">Absolute address.</param>
/// <param name="Headers">Headers of the request.</param>
/// <param name="Body">Body of the request; empty when there is none.</param>
/// <param name="Status">HTTP status of the answer; 0 where a fault has spoiled it.</param>
/// <param name="AnswerHeaders">Headers of the answer.</param>
/// <param name="AnswerBody">Body of the answer; empty when there is none.</param>
public sealed record RecordedExchange(
    string Method,
    Uri Address,
    IReadOnlyDictionary<string, string> Headers,
    byte[] Body,
    int Status,
    IReadOnlyList<KeyValuePair<string, string>> AnswerHeaders,
    byte[] AnswerBody);
