using System.Reflection;
using ImageCmdlets.Tests.Specification;
using Xunit.v3;

namespace ImageCmdlets.Tests;

/// <summary>Fails the test in which a request or an answer broke the published specification.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class SpecificationCheckAttribute : BeforeAfterTestAttribute
{
    /// <inheritdoc />
    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (SpecificationWatch.Tell(test.TestDisplayName) is { } violations) Assert.Fail(violations);
    }
}
