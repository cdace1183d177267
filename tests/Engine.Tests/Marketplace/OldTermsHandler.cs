using System.Text;
using System.Text.RegularExpressions;
using ImageCmdlets.Engine.Sessions;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Marketplace;

/// <summary>The way to the sandbox on which some readings of legal terms bring a text that has become another one since.</summary>
internal sealed partial class OldTermsHandler(ArmSandbox sandbox, int old) : DelegatingHandler(new SandboxMessageHandler(sandbox))
{
    private int _reads;

    /// <summary>How often somebody signed.</summary>
    public int Writes { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Put)
            Writes++;
        HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);
        if (request.Method == HttpMethod.Get && _reads++ < old)
        {
            string text = await answer.Content.ReadAsStringAsync(cancellationToken);
            answer.Content = new StringContent(Signature().Replace(text, $"\"signature\":\"OLD{_reads}\""), Encoding.UTF8, "application/json");
        }

        return answer;
    }

    [GeneratedRegex("\"signature\":\"[^\"]*\"")]
    private static partial Regex Signature();
}
