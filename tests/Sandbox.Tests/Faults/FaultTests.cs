namespace ImageCmdlets.Sandbox.Tests.Faults;

public sealed class FaultTests : IDisposable
{
    private const string Version = "2023-04-02";
    private const string Body = """{"location":"westeurope","properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":4}}""";

    private readonly SandboxClient _client = new();
    private readonly string _disk;

    public FaultTests() => _disk = $"{_client.Group()}/providers/Microsoft.Compute/disks/d1";

    public void Dispose() => _client.Dispose();

    [Fact]
    public void The_nth_request_is_hit_and_no_other()
    {
        var fault = new SandboxFault
        {
            Operation = "Disks_*", Method = "put", Skip = 1, Count = 2, Status = 429, Code = "TooManyRequests", Message = "Slow down.",
            Headers = [new("Retry-After", "7")],
        };
        _client.Sandbox.AddFault(fault);
        _client.Put(_disk + "a", Version, Body).ShouldBe(202);
        Answer hit = _client.Refused("PUT", _disk + "b", Version, Body, 429, "TooManyRequests");
        Assert.Equal("7", hit.Header("Retry-After"));
        _client.Get(_disk + "a", Version).ShouldBe(200);
        _client.Put(_disk + "b", Version, Body).ShouldBe(429);
        _client.Put(_disk + "b", Version, Body).ShouldBe(202);
        Assert.Equal(2, fault.Hits);
    }

    [Fact]
    public void A_cut_connection_may_hide_an_effect()
    {
        _client.Sandbox.AddFault(new SandboxFault { Effect = SandboxFaultEffect.ConnectionReset, Path = "*/disks/d1", AfterEffect = true });
        _client.Sandbox.AddFault(new SandboxFault { Effect = SandboxFaultEffect.ConnectionReset, Path = "*/disks/d2" });
        Assert.Throws<SandboxConnectionException>(() => _client.Put(_disk, Version, Body));
        string second = _disk.Replace("/d1", "/d2");
        Assert.Throws<SandboxConnectionException>(() => _client.Put(second, Version, Body));
        _client.Get(_disk, Version).ShouldBe(200);
        _client.Get(second, Version).ShouldBe(404);
        Assert.Equal(2, _client.Sandbox.GetStatistics().RequestsByOperation["PUT Microsoft.Compute/disks"]);
    }

    [Fact]
    public void An_operation_can_be_made_to_fail()
    {
        _client.Sandbox.AddFault(new SandboxFault { Effect = SandboxFaultEffect.OperationFailure, Operation = "Disks_CreateOrUpdate", Code = "InternalExecutionError", Message = "An internal execution error occurred." });
        Answer put = _client.Put(_disk, Version, Body).ShouldBe(202);
        var status = _client.Finish(put);
        Assert.Equal("Failed", (string?)status["status"]);
        Assert.Equal("""{"code":"InternalExecutionError","message":"An internal execution error occurred."}""", status["error"]!.ToJsonString());
        Assert.Equal("Failed", (string?)_client.Get(_disk, Version).Json["properties"]!["provisioningState"]);
    }

    [Fact]
    public void A_missing_permission_names_action_and_scope()
    {
        string group = _disk.Split("/providers")[0];
        _client.Sandbox.AddFault(new SandboxFault { Effect = SandboxFaultEffect.Forbidden, Action = "Microsoft.Compute/disks/beginGetAccess/*", Scope = group, Count = int.MaxValue });
        _client.Finish(_client.Put(_disk, Version, Body));
        Answer answer = _client.Refused("POST", $"{_disk}/beginGetAccess", Version, """{"access":"Read","durationInSeconds":5}""", 403, "AuthorizationFailed");
        Assert.Equal($"The client 'admin@sandbox.example' with object id '30000000-0000-4000-8000-000000000001' does not have authorization to perform action 'Microsoft.Compute/disks/beginGetAccess/action' over scope '{_disk}' or the scope is invalid. If access was recently granted, please refresh your credentials.", answer.Message);
    }

    [Fact]
    public void Bodies_are_spoilt_and_tokens_expire()
    {
        _client.Sandbox.AddFault(new SandboxFault { Effect = SandboxFaultEffect.TruncatedBody });
        _client.Sandbox.AddFault(new SandboxFault { Effect = SandboxFaultEffect.MalformedBody, Skip = 1 });
        _client.Sandbox.AddFault(new SandboxFault { Effect = SandboxFaultEffect.ExpiredToken, Skip = 2 });
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => _client.Get("/subscriptions", "2022-12-01").Json);
        Assert.StartsWith("<html>", _client.Get("/subscriptions", "2022-12-01").ShouldBe(200).Text, StringComparison.Ordinal);
        Assert.Equal("ExpiredAuthenticationToken", _client.Get("/subscriptions", "2022-12-01").ShouldBe(401).Code);
        _client.Sandbox.ClearFaults();
        Assert.Empty(_client.Sandbox.Faults);
    }
}
