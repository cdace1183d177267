using System.Text;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Routing;

/// <summary>A request that the world makes of itself.</summary>
/// <param name="Authority">Scheme and host, used in addresses of the answer.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path, with leading slash.</param>
/// <param name="ApiVersion">Version.</param>
/// <param name="Body">Body; null for none.</param>
internal sealed record InnerRequest(Uri Authority, string Method, string Path, string ApiVersion, JsonObject? Body = null)
{
    public SandboxRequest ToRequest()
    {
        var uri = new Uri(Authority, $"{Path}?api-version={Uri.EscapeDataString(ApiVersion)}");
        byte[] body = Body is null ? [] : Encoding.UTF8.GetBytes(JsonText.Compact(Body));
        return new SandboxRequest(Method, uri, null, body);
    }
}
