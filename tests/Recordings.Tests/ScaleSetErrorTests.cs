using System.Management.Automation;

namespace ImageCmdlets.Recordings.Tests;

/// <summary>What a user is told of each recorded refusal of a scale set: by the error itself, and by Resolve-ImageError.</summary>
/// <remarks>The rows were written by reading what Azure meant. An error about a scale set that none of them fits has not been reviewed, and fails.</remarks>
[Trait("Category", "Recordings")]
public sealed class ScaleSetErrorTests : IDisposable
{
    private const string Subscription = "00000000-0000-0000-0000-000000000000";
    private const string Set = $"/subscriptions/{Subscription}/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/web";

    // Words of Azure's message (or of the code, where it is enough), the id, words of the advice, the rule.
    private static readonly (string Text, string ErrorId, string Advice, string Rule)[] s_rows =
    [
        ("Rolling Upgrade mode is not supported", ErrorIds.InvalidRequest, "application health extension", "Azure.RollingUpgradeWithoutHealth"),
        ("The OS Rolling Upgrade API cannot be used", ErrorIds.OperationNotAllowed, "Change the image", "Azure.OSRollingUpgrade"),
        ("no ongoing Rolling Upgrade", ErrorIds.OperationNotAllowed, "Get-ImageScaleSet -IncludeInstance", "Azure.NoRollingUpgrade"),
        ("VirtualMachineScaleSets.ManualUpgrade.POST", ErrorIds.OperationNotAllowed, "flexible", "Azure.FlexibleScaleSet"),
        ("must be the only element of the list", ErrorIds.InvalidRequest, "Correct what Azure names", "Azure.AllInstancesAndSome"),
        ("'platformFaultDomainCount' is missing", ErrorIds.InvalidRequest, "Correct what Azure names", "Azure.ScaleSetFaultDomains"),
        ("does not support disk encryption", ErrorIds.OperationNotSupported, "Remove the Azure Disk Encryption extension", "Azure.ScaleSetDiskEncryption"),
        ("conflict with a concurrent request", ErrorIds.ConcurrentUpdate, "Run the command again", "Azure.ConcurrentUpdate"),
        ("is not supported on disks with Write Accelerator", ErrorIds.InvalidVMSize, "-Size", "Azure.SizeLacksFeature"),
        ("Changing property 'priority'", ErrorIds.PropertyNotChangeable, "make it anew", "Azure.PropertyNotChangeable"),
        ("allowed only for Spot", ErrorIds.OperationNotAllowed, "Read Azure's reason", "Azure.SpotOnly"),
        ("'performMaintenance' is not allowed", ErrorIds.OperationNotAllowed, "Read Azure's reason", "Azure.MaintenanceNotEligible"),
        ("use feature Microsoft.Compute/ImagePatchingFeature", ErrorIds.FeatureNotRegistered, "Register the named feature", "Azure.FeatureNotRegistered"),
        ("SubscriptionNotRegisteredForFeature", ErrorIds.FeatureNotRegistered, "Register the named feature", "Azure.FeatureNotRegistered"),
        ("exceeding approved Total Regional Cores quota", ErrorIds.QuotaExceeded, "quota", "Azure.QuotaExceeded"),
        ("ResourceGroupNotFound", ErrorIds.ResourceGroupNotFound, "-ResourceGroupName", "Azure.GroupNotFound"),
        ("'Microsoft.Compute/virtualMachineScaleSets/", ErrorIds.ResourceNotFound, "Check the name", "Azure.ResourceNotFound"),
        ("entity was not found in this Azure location", ErrorIds.ResourceNotFound, "Check the name", "Azure.ResourceNotFound"),
        ("PrincipalNotFound", ErrorIds.PrincipalNotFound, "principal", "Azure.PrincipalNotFound"),
        ("RoleAssignmentUpdateNotPermitted", ErrorIds.PropertyNotChangeable, "make it anew", "Azure.RoleAssignmentFixed"),
        ("GatewayTimeout", ErrorIds.ServiceUnavailable, "in some minutes", "Azure.ServiceFailed"),
        ("InternalServerError", ErrorIds.ServiceUnavailable, "in some minutes", "Azure.ServiceFailed"),
        ("ManagedServiceIdentityInternalError", ErrorIds.ServiceUnavailable, "in some minutes", "Azure.ServiceFailed"),
    ];

    private readonly CmdletHost _host = new();

    [Fact]
    public void EachHasIdCategoryAdviceAndRule()
    {
        RecordedError[] errors = [.. RecordingLibrary.RequireErrors().Where(IsOfScaleSet)];
        Assert.All(errors, recorded =>
        {
            (string? code, string? message) = AzureErrorText.Innermost(recorded.Exchange.Body);
            (string _, string errorId, string advice, string rule) = s_rows.First(row => $"{code} {message}".Contains(row.Text, StringComparison.Ordinal));

            ErrorRecord record = Fail(recorded.Exchange);
            Assert.Equal(errorId, record.FullyQualifiedErrorId.Split(',')[0]);
            Assert.Equal(ErrorCatalog.Find(errorId).Category.ToString(), record.CategoryInfo.Category.ToString());
            Assert.Equal(Set, record.TargetObject);
            Assert.Contains(advice, record.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
            Assert.Equal([rule], _host.Texts("$record | Resolve-ImageError | ForEach-Object RuleId", ("record", record)));
        });

        Assert.All(s_rows, row => Assert.Contains(errors, recorded => recorded.Exchange.Body.Contains(row.Text, StringComparison.Ordinal)));
    }

    public void Dispose() => _host.Dispose();

    // Templates are sent by az vmss create; their errors are the scale set's.
    private static bool IsOfScaleSet(RecordedError recorded) =>
        recorded.Exchange.Uri.AbsolutePath.Contains("/virtualMachineScaleSets/", StringComparison.OrdinalIgnoreCase)
        || recorded.Exchange.RequestBody.Contains("Microsoft.Compute/virtualMachineScaleSets", StringComparison.Ordinal)
        || recorded.Exchange.Body.Contains("/virtualMachineScaleSets/", StringComparison.Ordinal)
        || recorded.Exchange.Body.Contains("/deployments/vmss_deploy", StringComparison.Ordinal);

    // The end of an operation is met by a command that waits for one.
    private ErrorRecord Fail(RecordedExchange answer)
    {
        bool isOperation = answer.Status == 200;
        using HttpMessageHandler handler = isOperation ? new FailingOperationHandler(answer) : new FixedAnswerHandler(answer);
        using var replay = new ReplaySession(handler, Subscription);
        string command = isOperation ? "Remove-ImageScaleSet -Confirm:$false" : "Get-ImageScaleSet";
        return _host.Fail($"{command} -Session $session -Id $set", ("session", replay.Session), ("set", Set));
    }
}
