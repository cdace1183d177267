using System.Net;
using System.Text;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>Makes an HTTP message of a recorded answer, headers and all.</summary>
internal static class RecordedMessage
{
    public static HttpResponseMessage Of(RecordedExchange exchange)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(exchange.Body));
        var message = new HttpResponseMessage((HttpStatusCode)exchange.Status) { Content = content };
        foreach (RecordedHeader header in exchange.Headers)
        {
            // The length and coding on the wire were those of the compressed body.
            if (header.Name.ToUpperInvariant() is "CONTENT-LENGTH" or "CONTENT-ENCODING" or "TRANSFER-ENCODING")
                continue;

            if (!message.Headers.TryAddWithoutValidation(header.Name, header.Value))
                content.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }

        return message;
    }
}
