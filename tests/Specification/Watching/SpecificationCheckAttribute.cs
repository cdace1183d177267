using System.Reflection;
using Xunit.v3;

namespace ImageCmdlets.Tests.Specification;

/// <summary>Fails the test in which a request or an answer broke the published specification.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class SpecificationCheckAttribute : BeforeAfterTestAttribute
{
    /// <inheritdoc />
    public override void After(MethodInfo methodUnderTest, IXunitTest test) => SpecificationWatch.Current?.ThrowIfViolated(test.TestDisplayName);
}
