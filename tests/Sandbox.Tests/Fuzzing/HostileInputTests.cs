using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace ImageCmdlets.Sandbox.Tests.Fuzzing;

/// <summary>
/// Hostile requests get Azure's kind of refusal, never a server error, and what is refused changes nothing.
/// <c>IMAGECMDLETS_FUZZ_CASES</c> asks for more of them, <c>IMAGECMDLETS_FUZZ_SEED</c> for others; a failure names the seed and the
/// number of the request, which make it again.
/// </summary>
public sealed class HostileInputTests(ITestOutputHelper output)
{
    private const int CasesOfOneWorld = 250;

    [Fact]
    public void Nothing_hostile_is_a_server_error_or_changes_what_it_was_refused()
    {
        int cases = Setting("IMAGECMDLETS_FUZZ_CASES", 2000), seed = Setting("IMAGECMDLETS_FUZZ_SEED", 1);
        var statuses = new SortedDictionary<int, int>();
        var failures = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (int first = 0; first < cases; first += CasesOfOneWorld)
        {
            using var world = new FuzzWorld();
            var requests = new HostileRequests(world, seed);
            string before = world.Client.Fingerprint;
            for (int number = first; number < Math.Min(first + CasesOfOneWorld, cases); number++)
            {
                SandboxRequest request = requests.Make(number);
                (int status, string? failure) = Send(world, request, ref before);
                statuses[status] = statuses.GetValueOrDefault(status) + 1;
                if (failure is not null) failures.TryAdd(failure, Describe(request, seed, number));
            }
        }

        output.WriteLine($"{cases} requests, seed {seed}: {string.Join(", ", statuses.Select(static pair => $"{pair.Key} x {pair.Value}"))}");
        Assert.True(failures.Count == 0, string.Join("\n\n", failures.Select(static pair => $"{pair.Key}\n{pair.Value}")));
        Assert.True(statuses.Where(static pair => pair.Key >= 400).Sum(static pair => pair.Value) > cases / 3);
        Assert.True(statuses.Where(static pair => pair.Key < 300).Sum(static pair => pair.Value) > cases / 100);
    }

    // The kind of failure, the same for all requests that fail so; null for a good answer.
    private static (int Status, string? Failure) Send(FuzzWorld world, SandboxRequest request, ref string before)
    {
        Answer answer;
        try
        {
            answer = new Answer(world.Client.Sandbox.SendAsync(request, CancellationToken.None).GetAwaiter().GetResult());
        }
        catch (SandboxConnectionException) when (IsGone(world, request))
        {
            return (0, null);
        }
        catch (Exception exception)
        {
            before = world.Client.Fingerprint;
            string? place = exception.StackTrace?.Split('\n').FirstOrDefault(static line => line.Contains("ImageCmdlets.Sandbox.", StringComparison.Ordinal));
            return (0, $"{exception.GetType().Name}: {exception.Message}{place}");
        }

        string after = world.Client.Fingerprint;
        bool isUnchanged = before == after;
        before = after;
        return (answer.Status, Judge(request, answer, isUnchanged));
    }

    private static string? Judge(SandboxRequest request, Answer answer, bool isUnchanged)
    {
        if (answer.Status is < 200 or >= 500) return $"status {answer.Status}: {answer.Text}";
        if (answer.Status < 400) return null;
        if (!isUnchanged) return $"refused with {answer.Status}, and yet something changed: {answer.Text}";
        if (request.Method == "HEAD") return null;
        if (request.Uri.Host.Contains(".blob.", StringComparison.Ordinal)) return JudgeBlob(answer);
        // A wrong method is refused with a message alone (recorded).
        JsonNode? body = JsonNode.Parse(answer.Text);
        return string.IsNullOrEmpty((string?)(body?["error"]?["code"] ?? body?["code"] ?? body?["Message"])) ? $"refused with {answer.Status} without a code: {answer.Text}" : null;
    }

    // The name of an account that was deleted leads nowhere.
    private static bool IsGone(FuzzWorld world, SandboxRequest request) => request.Uri.Host.StartsWith(FuzzWorld.Account, StringComparison.Ordinal) &&
        world.Client.Sandbox.World.Store.OfType("Microsoft.Storage/storageAccounts").All(static account => account.Name != FuzzWorld.Account);

    // The blob service refuses in XML, and names the code in a header too.
    private static string? JudgeBlob(Answer answer)
    {
        string? code = answer.Header("x-ms-error-code");
        if (string.IsNullOrEmpty(code)) return $"a blob's refusal with {answer.Status} without a code";
        return answer.Text.Length == 0 || XDocument.Parse(answer.Text.TrimStart('\uFEFF')).Root?.Element("Code")?.Value == code ? null : $"another code in the body than '{code}': {answer.Text}";
    }

    private static string Describe(SandboxRequest request, int seed, int number)
    {
        string body = Encoding.UTF8.GetString(request.Body);
        return $"seed {seed}, request {number}: {request.Method} {request.Uri}\n{(body.Length > 3000 ? body[..3000] : body)}";
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
