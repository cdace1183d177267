using System.Text.RegularExpressions;
using ImageCmdlets.Engine.Diagnosis;
using ImageCmdlets.Engine.Tests.Recordings;

namespace ImageCmdlets.Engine.Tests.Diagnosis;

public sealed class AzureErrorTests
{
    // Rules for codes that say nothing by themselves: no message of Azure's articles may end there.
    private static readonly string[] s_vague = ["Azure.OperationNotAllowed", "Azure.InvalidParameter", "Azure.ResourceNotFound", "Azure.DeploymentFailed"];

    // The article itself knows no more of these.
    private static readonly string[] s_vagueMessages = ["The value of parameter {0} is invalid."];

    [Theory]
    [InlineData("OperationNotAllowed", "Operation 'start' is not allowed on VM 'web01' since the VM is generalized.", "Azure.VMIsGeneralized")]
    [InlineData("OperationNotAllowed", "Operation results in exceeding quota limits of Core. Maximum allowed: 0", "Azure.QuotaExceeded")]
    [InlineData("OperationNotAllowed", "Something nobody has said before.", "Azure.OperationNotAllowed")]
    [InlineData("OSProvisioningTimedOut", null, "Azure.OSProvisioningTimedOut")]
    [InlineData("OSProvisioningTimedOut", "However, the VM guest agent was detected running. This suggests the guest OS has not been properly prepared to be used as a VM image", "Azure.OSProvisioningAgentSeen")]
    [InlineData("osprovisioningclienterror", null, "Azure.OSProvisioningClientError")]
    [InlineData("LinkedAuthorizationFailed", "The client 'x' with object id 'y' has permission to perform action 'a' on scope 's'; however, it does not have permission to perform action 'b'", "Azure.LinkedAuthorizationFailed")]
    [InlineData("LinkedAuthorizationFailed", "the current tenant 't' is not authorized to access linked subscription 's'.", "Azure.OtherTenant")]
    [InlineData("0x80073cf2", null, "Windows.AppxPackage")]
    [InlineData("GeneralizeFailed", null, "Module.GeneralizeFailed")]
    [InlineData("VMIsRunning", null, "Azure.VMIsRunning")]
    [InlineData("NoSuchCode", null, "Unknown")]
    [InlineData("NoSuchCode", "Nobody knows this.", "Unknown")]
    [InlineData(null, "Nobody knows this.", "Unknown")]
    [InlineData(null, "WARNING! Skip delete user.", "Linux.UserKept")]
    [InlineData("VMNotReady", "'web01' is deallocated: its guest cannot be generalized.", "Azure.VMNotRunning")]
    [InlineData("VMNotReady", "The agent in 'web01' does not answer (Not Ready): nothing can be run in the guest.", "Azure.AgentUnreachable")]
    [InlineData(null, "MRTGeneralize:98 - ERROR: Failed DeleteInstance AntiVirusProduct", "Noise.MalwareRemovalTool")]
    public void AnErrorIsKnownByItsTextAndElseByItsCode(string? code, string? message, string ruleId)
    {
        ImageFinding finding = Resolve(new ErrorDescription { Code = code is null ? [] : [code], Message = message is null ? [] : [message], Target = "target" })[0];

        Assert.Equal((ruleId, "target"), (finding.RuleId, finding.Target));
        Assert.Equal(message ?? code, finding.Evidence);
    }

    [Fact]
    public void AnInnerCodeSaysMoreThanAnOuterOne() =>
        Assert.Equal("Azure.AllocationFailed", Resolve(new ErrorDescription { Code = ["ZonalAllocationFailed", "DeploymentFailed"] })[0].RuleId);

    [Theory]
    [InlineData("""{"error":{"code":"DeploymentFailed","message":"At least one failed.","details":[{"code":"SkuNotAvailable","message":"x"}]}}""", "Azure.SkuNotAvailable")]
    [InlineData("(AuthorizationFailed) The client does not have authorization.\nCode: AuthorizationFailed\nMessage: x", "Azure.AuthorizationFailed")]
    [InlineData("Long running operation failed with status 'Failed'.\nErrorCode: VMStartTimedOut\nErrorMessage: x", "Azure.VMStartTimedOut")]
    [InlineData("sysprep said dwRet = 0x3cf2", "Windows.AppxPackage")]
    public void CodesAreFoundInWhatOtherProgramsMakeOfThem(string text, string ruleId) =>
        Assert.Equal(ruleId, Resolve(new ErrorDescription { Message = [text] })[0].RuleId);

    [Fact]
    public void LinesOfALogAreReadAsOne()
    {
        string[] lines = [.. SysprepLogText.Begin("21:55:35"), .. SysprepLogText.Refusal("21:55:36"), .. SysprepLogText.Begin("22:00:00"),
            .. SysprepLogText.Refusal("22:00:01", "BitLocker-Sysprep: BitLocker is on for the OS volume. (0x80310039)")];

        Assert.Equal("Windows.BitLocker", Resolve(new ErrorDescription { Message = lines })[0].RuleId);
    }

    [Fact]
    public void SignaturesOfBlobsAreNotShown()
    {
        ImageFinding finding = Resolve(new ErrorDescription { Message = ["Unable to find VHD blob with URI https://x.blob.core.windows.net/a.vhd?sv=2020&sig=abc%3D&se=2030 for disk 'os'."] })[0];

        Assert.Equal("Azure.DiskBlobNotFound", finding.RuleId);
        Assert.DoesNotContain("abc", finding.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryErrorOfThisModuleIsExplained() =>
        Assert.All(ErrorCatalog.All, row => Assert.NotEqual("Unknown", Resolve(new ErrorDescription { ErrorId = row.ErrorId })[0].RuleId));

    [Fact]
    public void EveryCommandThatAFixNamesIsOurs()
    {
        string manifest = File.ReadAllText(Path.Combine(RepositoryRoot(), "module", "ImageCmdlets.psd1"));
        var ours = new Regex(@"(?<!/)\b[A-Z][A-Za-z]+-(Custom|Marketplace|Sysprep|Generalize|Image)[A-Za-z]*\b");

        string[] named = [.. RuleCatalog.All.SelectMany(rule => ours.Matches($"{rule.Cause} {rule.Fix}").Select(match => match.Value)).Distinct()];
        Assert.All(named, name => Assert.Contains($"'{name}'", manifest, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("compute-error-messages.tsv", 56)]
    [InlineData("gallery-error-messages.tsv", 50)]
    public void EveryMessageOfAzuresArticlesIsExplained(string file, int least)
    {
        IReadOnlyList<(string Key, string Message)> rows = ErrorArticles.Require(file);

        Assert.InRange(rows.Count, least, 1000);
        Assert.All(rows, row =>
        {
            bool isCode = char.IsUpper(row.Key[0]);
            if (isCode)
                Assert.NotEqual("Unknown", Resolve(new ErrorDescription { Code = [row.Key] })[0].RuleId);
            string rule = Resolve(new ErrorDescription { Code = isCode ? [row.Key] : [], Message = [row.Message] })[0].RuleId;
            Assert.NotEqual("Unknown", rule);
            if (!s_vagueMessages.Contains(row.Message))
                Assert.DoesNotContain(rule, s_vague);
        });
    }

    private static IReadOnlyList<ImageFinding> Resolve(ErrorDescription error) => DiagnosisService.Resolve(error);

    private static string RepositoryRoot()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ImageCmdlets.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
