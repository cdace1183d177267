using System.Text;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Tests;
using ImageCmdlets.Tests.Specification;

namespace ImageCmdlets.Specification.Tests.Examples;

/// <summary>Plays an example of the specification to a new sandbox.</summary>
internal static class ExamplePlayer
{
    /// <summary>Sets the scene, sends the request, waits for the end of what it began, and judges all answers to it.</summary>
    public static PlayedExample Play(SpecificationExample example)
    {
        using var client = new SandboxClient();
        var request = ExampleRequest.Of(example, client.Sandbox.SubscriptionId);
        var scene = new Scene(client);
        scene.Set(example, request);
        request = new PublicGallery(client, scene).Set(request);
        var judge = new ExchangeJudge(SpecificationLibrary.Shared!);
        Answer answer = client.Send(request.Method, request.Address, request.Body?.ToJsonString());
        var violations = new List<Violation>(Judge(judge, request.Method, request.Address, request.Body, answer));
        if (answer.Status >= 400) return new PlayedExample(answer.Status, Code(answer.Text, "error"), Message(answer.Text), violations);
        if (scene.Finish(answer) is not { } end) return new PlayedExample(answer.Status, null, null, violations);
        string address = answer.Header("Azure-AsyncOperation")!;
        violations.AddRange(Judge(judge, "GET", address, null, client.Send("GET", address)));
        string? code = (string?)end["status"] == "Succeeded" ? null : (string?)end["error"]?["code"] ?? (string?)end["status"];
        return new PlayedExample(answer.Status, code, (string?)end["error"]?["message"], violations);
    }

    private static IReadOnlyList<Violation> Judge(ExchangeJudge judge, string method, string address, JsonNode? body, Answer answer)
    {
        var uri = new Uri(address.StartsWith('/') ? SandboxClient.Root + address : address);
        return judge.Judge(new Exchange(
            method,
            uri,
            new Dictionary<string, string>(),
            body is null ? [] : Encoding.UTF8.GetBytes(body.ToJsonString()),
            answer.Status,
            answer.Headers,
            Encoding.UTF8.GetBytes(answer.Text))).Violations;
    }

    private static string? Code(string text, string member) => text.Length == 0 ? "(no body)" : (string?)JsonNode.Parse(text)?[member]?["code"];

    private static string? Message(string text) => text.Length == 0 ? null : (string?)JsonNode.Parse(text)?["error"]?["message"];
}
