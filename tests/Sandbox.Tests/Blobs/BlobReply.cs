using System.Text;
using System.Xml.Linq;

namespace ImageCmdlets.Sandbox.Tests.Blobs;

/// <summary>An answer of the blob service.</summary>
internal sealed class BlobReply(SandboxResponse response)
{
    public int Status => response.Status;

    public byte[] Body => response.Body;

    public XElement Xml => XDocument.Parse(Encoding.UTF8.GetString(response.Body).TrimStart('\uFEFF')).Root!;

    public string? Code => Header("x-ms-error-code");

    public string? Header(string name) =>
        response.Headers.FirstOrDefault(h => string.Equals(h.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    public BlobReply ShouldBe(int status, string? code = null)
    {
        Assert.True(Status == status, $"Expected {status}, got {Status}: {Encoding.UTF8.GetString(Body)}");
        Assert.Equal(code, Code);
        if (code is not null && Body.Length > 0) Assert.Equal(code, Xml.Element("Code")!.Value);
        return this;
    }
}
