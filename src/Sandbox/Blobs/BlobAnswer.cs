using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>An answer of the blob service before its common headers are added.</summary>
internal sealed class BlobAnswer(int status, byte[]? body = null)
{
    public int Status { get; } = status;

    public byte[] Body { get; } = body ?? [];

    /// <summary>Length that a HEAD tells without a body; null: that of the body.</summary>
    public long? Length { get; init; }

    public List<KeyValuePair<string, string>> Headers { get; } = [];

    /// <summary>An answer whose body is XML. What XML cannot say of a client's own words is said by U+FFFD.</summary>
    public static BlobAnswer Xml(int status, XElement root)
    {
        foreach (XText part in root.DescendantNodes().OfType<XText>()) part.Value = Sayable(part.Value);
        string text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>" + root.ToString(SaveOptions.DisableFormatting);
        // The service begins its XML with a byte order mark.
        return new BlobAnswer(status, [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text)])
            .With("Content-Type", "application/xml");
    }

    /// <summary>A refusal.</summary>
    public static BlobAnswer Of(BlobException refusal, string requestId, DateTimeOffset now)
    {
        string text = $"{refusal.Text}\nRequestId:{requestId}\nTime:{now.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffffffZ}";
        var root = new XElement("Error", new XElement("Code", refusal.Code), new XElement("Message", text));
        foreach (KeyValuePair<string, string> detail in refusal.Details) root.Add(new XElement(detail.Key, detail.Value));
        BlobAnswer answer = refusal.Status == 304 ? new BlobAnswer(304) : Xml(refusal.Status, root);
        if (refusal.RawText is { } raw) answer = new BlobAnswer(refusal.Status, Encoding.UTF8.GetBytes(raw)).With("Content-Type", "text/html");
        answer.Headers.AddRange(refusal.Headers);
        return answer.With("x-ms-error-code", refusal.Code);
    }

    private static string Sayable(string text)
    {
        if (text.All(XmlConvert.IsXmlChar)) return text;
        return string.Concat(text.Select((letter, i) =>
            XmlConvert.IsXmlChar(letter) || IsPair(text, i) || IsPair(text, i - 1) ? letter : '\uFFFD'));
    }

    private static bool IsPair(string text, int place) => place >= 0 && place + 1 < text.Length && char.IsSurrogatePair(text[place], text[place + 1]);

    public BlobAnswer With(string name, string? value)
    {
        if (value is not null) Headers.Add(new KeyValuePair<string, string>(name, value));
        return this;
    }

    public BlobAnswer With(string name, long value) => With(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>What every answer about a blob that was written has.</summary>
    public BlobAnswer Changed(BlobItem item) =>
        With("ETag", item.ETag).With("Last-Modified", ArmTime.Http(item.LastModified)).With("x-ms-request-server-encrypted", "true");
}
