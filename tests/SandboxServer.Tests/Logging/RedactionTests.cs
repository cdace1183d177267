using System.Text;
using System.Text.Json.Nodes;
using ImageCmdlets.SandboxServer.Logging;

namespace ImageCmdlets.SandboxServer.Tests.Logging;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("""{"properties":{"osProfile":{"adminPassword":"S3","customData":"S3","adminUsername":"kim"}}}""")]
    [InlineData("""{"properties":{"parameters":{"anything":{"value":"S3"}},"template":{"resources":[{"properties":{"osProfile":{"AdminPassword":"S3"}}}]}}}""")]
    [InlineData("""{"properties":{"protectedSettings":{"a":{"b":"S3"}},"settings":{"commandToExecute":"S3"}}}""")]
    [InlineData("""{"commandId":"RunShellScript","script":["echo S3"],"parameters":[{"name":"a","value":"S3"}]}""")]
    [InlineData("""{"properties":{"source":{"script":"S3"},"runAsPassword":"S3","protectedParameters":[{"value":"S3"}]}}""")]
    [InlineData("""{"value":[{"code":"ComponentStatus/StdOut/succeeded","message":"S3"}]}""")]
    [InlineData("""{"value":[{"code":"ProvisioningState/succeeded","message":"Enable succeeded: \n[stdout]\nS3\n[stderr]\n"}]}""")]
    [InlineData("""{"properties":{"instanceView":{"executionState":"Failed","exitCode":1,"output":"S3","error":"S3"}}}""")]
    [InlineData("""{"accessSAS":"https://md.blob.test/a?sv=1&sig=S3"}""")]
    [InlineData("""{"sourceUri":"https://md.blob.test/a?sv=1&sig=S3&se=2"}""")]
    [InlineData("""{"keys":[{"keyName":"key1","permissions":"FULL","value":"S3"}]}""")]
    [InlineData("""{"token_type":"Bearer","access_token":"S3","refresh_token":"S3","id_token":"S3"}""")]
    public void No_secret_is_left_in_a_body(string body) =>
        Assert.DoesNotContain("S3", Redaction.OfBody(Encoding.UTF8.GetBytes(body), "application/json")!.ToJsonString(), StringComparison.Ordinal);

    [Fact]
    public void What_is_no_secret_stays()
    {
        JsonNode body = Redaction.OfBody("""{"error":{"code":"Conflict","message":"Busy."},"value":[{"name":"a","value":1}],"adminPassword":null}"""u8, null)!;
        Assert.Equal("""{"error":{"code":"Conflict","message":"Busy."},"value":[{"name":"a","value":1}],"adminPassword":null}""", body.ToJsonString());
    }

    [Fact]
    public void Of_forms_and_other_bytes_only_the_length_is_told()
    {
        Assert.Equal("""{"bytes":16}""", Redaction.OfBody("client_secret=S3"u8, "application/x-www-form-urlencoded; charset=utf-8")!.ToJsonString());
        Assert.Equal("""{"bytes":2}""", Redaction.OfBody("S3"u8, "application/octet-stream")!.ToJsonString());
        Assert.Null(Redaction.OfBody([], null));
    }

    [Theory]
    [InlineData("""{"location":"S3","location":"b"}""")]
    [InlineData("""{"a":[{"b":"S3","b":1}]}""")]
    [InlineData("""{"a":"S3\ud800"}""")]
    [InlineData("""{"\ud800":"S3"}""")]
    [InlineData("""{"message":"S3","code":"\udc00"}""")]
    public void Of_JSON_that_cannot_be_read_only_the_length_is_told(string body) =>
        Assert.Equal($$"""{"bytes":{{body.Length}}}""", Redaction.OfBody(Encoding.UTF8.GetBytes(body), "application/json")!.ToJsonString());

    [Fact]
    public void Of_bytes_that_are_no_text_only_the_length_is_told() =>
        Assert.Equal("""{"bytes":10}""", Redaction.OfBody([.. "{\"a\":\"S"u8, 0xFF, .. "\"}"u8], null)!.ToJsonString());

    [Theory]
    [InlineData("Authorization", "Bearer S3", "***")]
    [InlineData("x-ms-authorization-auxiliary", "Bearer S3", "***")]
    [InlineData("x-ms-copy-source-authorization", "Bearer S3", "***")]
    [InlineData("x-ms-copy-source", "https://a/b?sig=S3&sv=1", "https://a/b?sig=***&sv=1")]
    [InlineData("Accept", "application/json", "application/json")]
    public void Headers_lose_their_secrets(string name, string value, string shown) => Assert.Equal(shown, Redaction.OfHeader(name, value));
}
