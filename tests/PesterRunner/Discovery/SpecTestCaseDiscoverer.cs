using System.Management.Automation;
using ImageCmdlets.PesterRunner.Execution;
using ImageCmdlets.PesterRunner.Model;
using Xunit.Sdk;
using Xunit.v3;

namespace ImageCmdlets.PesterRunner.Discovery;

/// <summary>Turns spec files into xUnit tests: a collection for each file, so that files run in parallel and tests do not.</summary>
public sealed class SpecTestCaseDiscoverer : IXunitTestCaseDiscoverer
{
    private const string Category = "Category";

    /// <inheritdoc/>
    public ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute)
    {
        string folder = Path.Combine(BuiltModule.RepositoryRoot, ((SpecsAttribute)factAttribute).Folder);
        string[] files = Directory.GetFiles(folder, "*.Tests.ps1", SearchOption.AllDirectories);
        Array.Sort(files, StringComparer.Ordinal);
        IXunitTestCase[] cases = [.. files.SelectMany(file => CasesOf(testMethod, file, Path.GetRelativePath(folder, file)))];
        return new(cases);
    }

    private static IEnumerable<IXunitTestCase> CasesOf(IXunitTestMethod testMethod, string file, string name)
    {
        XunitTestCollection collection = new(
            testMethod.TestClass.TestCollection.TestAssembly, collectionDefinition: null, disableParallelization: false, name);
        XunitTestMethod method = new(
            new XunitTestClass(testMethod.TestClass.Class, collection), testMethod.Method, testMethodArguments: []);
        try
        {
            return [.. SpecFile.Discover(file).Tests.Select(test => CaseOf(method, file, test))];
        }
        catch (RuntimeException)
        {
            // Running it shows the error; a file that cannot even be discovered must not look like one without tests.
            return [Case(method, file, id: "", $"{name} can be discovered", [], skip: false, line: 1)];
        }
    }

    private static XunitTestCase CaseOf(IXunitTestMethod method, string file, SpecTest test) =>
        Case(method, file, test.Id, test.Path, test.Tags, test.Skipped, test.Line);

    private static XunitTestCase Case(
        IXunitTestMethod method, string file, string id, string name, IEnumerable<string> tags, bool skip, int line) => new(
            method,
            name,
            uniqueID: UniqueIDGenerator.ForTestCase(method.UniqueID, testMethodGenericTypes: null, [file, id]),
            @explicit: false,
            skipReason: skip ? "The spec says -Skip." : null,
            traits: new Dictionary<string, HashSet<string>> { [Category] = [.. tags] },
            testMethodArguments: [file, id],
            sourceFilePath: file,
            sourceLineNumber: line);
}
