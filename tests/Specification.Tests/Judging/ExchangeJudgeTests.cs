using System.Text;
using ImageCmdlets.Tests.Specification;

namespace ImageCmdlets.Specification.Tests.Judging;

/// <summary>Requests and answers as a whole.</summary>
[Trait("Category", "Specification")]
public sealed class ExchangeJudgeTests : IDisposable
{
    private const string Good = """{"kind":"Big","born":"2024-01-02T03:04:05Z"}""";

    private readonly SmallSpecification _specification = new();

    [Fact]
    public void A_good_exchange_is_judged_and_has_no_violations() => Assert.Equal([], Judge("t", """{"kind":"Big"}""", 200, Good));

    [Theory]
    [InlineData("others/t?api-version=2020-01-01", "not judged: the provider has no such operation in any version")]
    [InlineData("providers/Other.Provider/things/t?api-version=2020-01-01", "not judged: the folder has nothing of the provider")]
    [InlineData("things/t", "not judged: no request of ARM")]
    public void What_no_document_knows_is_not_judged(string address, string outcome) =>
        Assert.Equal(outcome, _specification.Judge.Judge(Make(address, "{}", 200, Good, [], [])).Outcome);

    [Fact]
    public void The_engine_asks_for_nothing_that_no_document_knows()
    {
        var engine = new Dictionary<string, string> { ["User-Agent"] = "ImageCmdlets azsdk-net-ResourceManager.Compute/1.2.0" };
        Assert.Equal(["path / unknown"], Words(_specification.Judge.Judge(Make("others/t?api-version=2020-01-01", "{}", 200, Good, engine, [])).Violations));
        Assert.Equal(["path / unknown"], Words(_specification.Judge.Judge(Make("things/t?api-version=1999-01-01", "{}", 200, Good, engine, [])).Violations));
        Assert.Equal([], Words(_specification.Judge.Judge(Make("things/t?api-version=1999-01-01&$skiptoken=1", "{}", 200, Good, engine, [])).Violations));
    }

    [Fact]
    public void An_answer_of_another_version_is_held_against_the_nearest_but_for_the_members_it_has()
    {
        Judgement judged = _specification.Judge.Judge(Make(
            "things/t?api-version=1999-01-01", """{"x":1}""", 200, """{"kind":"Bad","x":1}""", [], []));
        Assert.Equal(Judgement.ByAnotherVersion, judged.Outcome);
        Assert.Equal(["answer 200 /kind enum"], Words(judged.Violations));
    }

    [Fact]
    public void Where_the_answer_is_not_the_services_own_only_the_request_is_judged()
    {
        var engine = new Dictionary<string, string> { ["User-Agent"] = "ImageCmdlets azsdk-net-ResourceManager.Compute/1.2.0" };
        Assert.Equal(["request /kind enum"], Words(_specification.Judge.Judge(
            Make("things/t?api-version=2020-01-01", """{"kind":"Huge"}""", Exchange.Unanswered, "", engine, [])).Violations));
    }

    [Theory]
    [InlineData("t", """{"kind":"Big"}""", 204, "", "answer 204 / status")]
    [InlineData("t", """{"kind":"Big"}""", 202, "{}", "answer 202 / body")]
    [InlineData("t", """{"kind":"Big"}""", 200, "", "answer 200 / body")]
    [InlineData("t", """{"kind":"Big"}""", 200, "{", "answer 200 / json")]
    [InlineData("t", "", 202, "", "request / body")]
    [InlineData("t", """{"kind":"Big","x":1}""", 202, "", "request /x unknown")]
    [InlineData("toolong", """{"kind":"Big"}""", 202, "", "path thingName length")]
    [InlineData("t?$expand=none", """{"kind":"Big"}""", 202, "", "query $expand enum")]
    public void A_violation_names_part_place_and_rule(string name, string request, int status, string answer, string expected) =>
        Assert.Equal([expected], Judge(name, request, status, answer));

    [Fact]
    public void A_refused_request_may_be_anything_unless_the_engine_sent_it()
    {
        const string refusal = """{"error":{"code":"Bad","message":"No."}}""";
        Assert.Equal([], Judge("t", """{"kind":"Huge"}""", 400, refusal));
        Assert.Equal(["request /kind enum"], Judge("t", """{"kind":"Huge"}""", 400, refusal, "ImageCmdlets azsdk-net-ResourceManager.Compute/1.2.0"));
    }

    [Theory]
    [InlineData("""{"error":{"code":"Bad","message":"No.","details":[{"code":"Bad","message":"No."}]}}""")]
    [InlineData("""{"why":"because"}""")]
    public void A_refusal_has_the_form_of_ARM_or_of_the_operation(string refusal) => Assert.Equal([], Judge("t", "{}", 400, refusal));

    [Theory]
    [InlineData("""{"code":"Bad","message":"No."}""")]
    [InlineData("")]
    public void Another_refusal_is_a_violation(string refusal) => Assert.NotEmpty(Judge("t", "{}", 400, refusal));

    [Fact]
    public void The_result_of_a_long_running_operation_is_that_of_its_200()
    {
        KeyValuePair<string, string>[] addresses =
        [
            new("Azure-AsyncOperation", "https://arm/operations/1?api-version=2020-01-01"),
            new("Location", "https://arm/operations/1?api-version=2020-01-01&monitor=true"),
        ];
        _specification.Judge.Judge(Make("things/t?api-version=2020-01-01", """{"kind":"Big"}""", 202, "", [], addresses));
        const string bad = """{"kind":"Bad","born":"2024-01-02T03:04:05Z"}""";
        Assert.Equal(["result /kind enum"], Poll("1?api-version=2020-01-01&monitor=true", bad));
        Assert.Equal(["result /kind enum"], Poll("1?api-version=2020-01-01", $$$"""{"status":"Succeeded","properties":{"output":{{{bad}}}}}"""));
        Assert.Equal([], Poll("1?api-version=2020-01-01", """{"status":"InProgress"}"""));
    }

    public void Dispose() => _specification.Dispose();

    private string[] Judge(string name, string request, int status, string answer, string? agent = null)
    {
        string address = $"things/{name}{(name.Contains('?', StringComparison.Ordinal) ? "&" : "?")}api-version=2020-01-01";
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (agent is not null) headers["User-Agent"] = agent;
        return Words(_specification.Judge.Judge(Make(address, request, status, answer, headers, [])).Violations);
    }

    private string[] Poll(string address, string answer) => Words(_specification.Judge.Judge(new Exchange(
        "GET", new Uri($"https://arm/operations/{address}"), new Dictionary<string, string>(), [], 200, [], Encoding.UTF8.GetBytes(answer))).Violations);

    private static string[] Words(IReadOnlyList<Violation> violations) =>
        [.. violations.Select(static v => $"{v.Part} {(v.Pointer.Length == 0 ? "/" : v.Pointer)} {v.Rule}")];

    private static Exchange Make(
        string address,
        string request,
        int status,
        string answer,
        Dictionary<string, string> headers,
        KeyValuePair<string, string>[] answerHeaders) => new(
        "PUT",
        new Uri($"https://arm/subscriptions/s/{address}"),
        headers,
        Encoding.UTF8.GetBytes(request),
        status,
        answerHeaders,
        Encoding.UTF8.GetBytes(answer));
}
