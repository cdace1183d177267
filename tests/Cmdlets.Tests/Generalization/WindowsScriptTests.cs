using System.Text.Json;

namespace ImageCmdlets.Cmdlets.Tests.Generalization;

[Collection(WindowsScripts.Name)]
public sealed class WindowsScriptTests : IDisposable
{
    private const string Appx = "Package Microsoft.Winget.Source_2025.210.1541.8_neutral__8wekyb3d8bbwe was installed for a user, but not provisioned for all users.";
    private readonly WindowsScriptRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void AHealthyMachineIsGeneralizedAndProvenByStateAndTag()
    {
        (int exitCode, JsonElement report) = _rig.RunAndRead();

        Assert.Equal(0, exitCode);
        Assert.Equal("imagecmdlets-generalize", report.GetProperty("result").GetString());
        Assert.Equal("Windows", report.GetProperty("os").GetString());
        Assert.Equal("Generalized", report.GetProperty("outcome").GetString());
        Assert.Equal(WindowsScriptRig.Goal, report.GetProperty("imageState").GetString());
        Assert.True(report.GetProperty("tag").GetBoolean());
        Assert.Equal(0, report.GetProperty("exitCode").GetInt32());
        Assert.Equal(JsonValueKind.Null, report.GetProperty("reason").ValueKind);
        Assert.Equal(0, report.GetProperty("lastErrors").GetArrayLength());
        Assert.Equal([@"C:\Windows\System32\Sysprep\sysprep.exe /generalize /oobe /mode:vm /quiet /quit"], _rig.Started);
        Assert.Equal(TimeSpan.FromSeconds(180), _rig.Elapsed);
    }

    [Fact]
    public void WhatAnEarlierRunLeftIsGoneBeforeSysprepStarts()
    {
        _rig.RunScript();

        Assert.Equal([WindowsScriptRig.Log], ((object[])_rig.Guest["FilesAtStart"]!).Select(file => file.ToString()));
    }

    [Fact]
    public void AGeneralizedMachineIsLeftAlone()
    {
        _rig.Guest["ImageState"] = WindowsScriptRig.Goal;

        (int exitCode, JsonElement report) = _rig.RunAndRead();

        Assert.Equal(0, exitCode);
        Assert.Equal("AlreadyGeneralized", report.GetProperty("outcome").GetString());
        Assert.Empty(_rig.Started);
        Assert.True(_rig.Files.ContainsKey(WindowsScriptRig.Tag));
    }

    [Fact]
    public void ARefusalNamesTheErrorsOfTheLastRunOnly()
    {
        _rig.Refuse(1, Appx, "Failed to remove apps for the current user: 0x80073cf2.");

        (int exitCode, JsonElement report) = _rig.RunAndRead();

        Assert.Equal(1, exitCode);
        Assert.Equal("Failed", report.GetProperty("outcome").GetString());
        Assert.Equal("IMAGE_STATE_COMPLETE", report.GetProperty("imageState").GetString());
        Assert.False(report.GetProperty("tag").GetBoolean());
        Assert.Equal(2, report.GetProperty("run").GetInt32());
        string[] errors = [.. report.GetProperty("lastErrors").EnumerateArray().Select(item => item.GetString()!)];
        Assert.All(errors, error => Assert.StartsWith("2026-01-05 ", error, StringComparison.Ordinal));
        Assert.EndsWith("SYSPRP " + Appx, errors[0], StringComparison.Ordinal);
        Assert.EndsWith("SYSPRP Failed to remove apps for the current user: 0x80073cf2.", errors[1], StringComparison.Ordinal);
        Assert.Equal(2, errors.Length);
    }

    [Fact]
    public void AnExitCodeOfZeroProvesNothing()
    {
        _rig.Refuse(0);

        (int exitCode, JsonElement report) = _rig.RunAndRead();

        Assert.Equal(1, exitCode);
        Assert.Equal("Failed", report.GetProperty("outcome").GetString());
        Assert.Equal("Sysprep ended with exit code 0 and left the image state IMAGE_STATE_COMPLETE.", report.GetProperty("reason").GetString());
    }

    [Fact]
    public void ErrorsOfAnEarlierRunAreNotGivenForARunThatLoggedNothing()
    {
        _rig.Refuse(1);
        _rig.Guest["Refusal"] = string.Empty;

        (_, JsonElement report) = _rig.RunAndRead();

        Assert.Equal(0, report.GetProperty("lastErrors").GetArrayLength());
        Assert.Equal(0, report.GetProperty("run").GetInt32());
    }

    [Theory]
    [InlineData(3, "Sysprep did not end within 22 minutes.")]
    [InlineData(4, "Sysprep did not end within 22 minutes. It waits for the service dmwappushservice, which is disabled.")]
    public void ASysprepThatHangsIsReportedWithinTheLimit(int pushServiceStart, string reason)
    {
        _rig.Guest["PushServiceStart"] = pushServiceStart;
        _rig.Guest["SysprepSeconds"] = 86400;
        _rig.Guest["ImageState"] = "IMAGE_STATE_UNDEPLOYABLE";

        (int exitCode, JsonElement report) = _rig.RunAndRead();

        Assert.Equal(2, exitCode);
        Assert.Equal("TimedOut", report.GetProperty("outcome").GetString());
        Assert.Equal(reason, report.GetProperty("reason").GetString());
        Assert.Equal("IMAGE_STATE_UNDEPLOYABLE", report.GetProperty("imageState").GetString());
        Assert.Equal(JsonValueKind.Null, report.GetProperty("exitCode").ValueKind);
        Assert.Equal(TimeSpan.FromMinutes(22), _rig.Elapsed);
    }

    [Fact]
    public void AStateThatComesAfterTheProcessHasEndedIsWaitedFor()
    {
        _rig.Guest["OnSysprepEnd"] = System.Management.Automation.ScriptBlock.Create(
            "$Guest.ImageState = 'IMAGE_STATE_UNDEPLOYABLE'; $Guest.LateState = '" + WindowsScriptRig.Goal + "'; $Guest.StateAt = $Guest.Now.AddSeconds(20);"
            + "$Guest.Files['" + WindowsScriptRig.Tag + "'] = ''");

        (int exitCode, JsonElement report) = _rig.RunAndRead();

        Assert.Equal(0, exitCode);
        Assert.Equal("Generalized", report.GetProperty("outcome").GetString());
        Assert.Equal(TimeSpan.FromSeconds(200), _rig.Elapsed);
    }

    [Fact]
    public void ASysprepThatStillRunsIsWaitedForAndNotStartedAgain()
    {
        _rig.Guest["IsSysprepRunning"] = true;
        _rig.Guest["ImageState"] = "IMAGE_STATE_UNDEPLOYABLE";
        _rig.Guest["SysprepEnd"] = new DateTime(2026, 1, 5, 8, 1, 0, DateTimeKind.Utc);

        (int exitCode, JsonElement report) = _rig.RunAndRead();

        Assert.Equal(0, exitCode);
        Assert.Equal("Generalized", report.GetProperty("outcome").GetString());
        Assert.Empty(_rig.Started);
    }

    [Fact]
    public void AnAgentServiceThatDoesNotRunStopsItBeforeSysprep()
    {
        ((System.Collections.Hashtable)_rig.Guest["Services"]!)["RdAgent"] = "StartPending";

        (int exitCode, JsonElement report) = _rig.RunAndRead();

        Assert.Equal(1, exitCode);
        Assert.Equal("The service RdAgent does not run.", report.GetProperty("reason").GetString());
        Assert.Empty(_rig.Started);
        Assert.Equal(TimeSpan.FromMinutes(3), _rig.Elapsed);
    }

    [Fact]
    public void AnImageWithoutTheOldAgentServiceIsFine()
    {
        ((System.Collections.Hashtable)_rig.Guest["Services"]!).Remove("RdAgent");

        Assert.Equal(0, _rig.RunAndRead().ExitCode);
    }

    [Fact]
    public void ALongStoryKeepsItsBeginningAndFitsIntoWhatAzureKeeps()
    {
        string[] errors = [Appx, .. Enumerable.Range(1, 60).Select(number => $"{number} {new string('x', 500)}")];
        _rig.Refuse(1, errors);

        (_, string line) = _rig.RunScript();

        Assert.InRange(line.Length, 3000, 3500);
        using JsonDocument document = JsonDocument.Parse(line);
        Assert.EndsWith(Appx, document.RootElement.GetProperty("lastErrors")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(300, document.RootElement.GetProperty("lastErrors")[1].GetString()!.Length);
    }

    [Fact]
    public void ErrorsInJapaneseFitIntoWhatAzureKeepsAndNameTheirCode()
    {
        string text = string.Concat(Enumerable.Repeat("\u30d1\u30c3\u30b1\u30fc\u30b8 '0x80073cf2' ", 30));
        _rig.Refuse(1, [.. Enumerable.Range(1, 40).Select(number => $"{number}: {text}")]);

        (_, string line) = _rig.RunScript();

        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(line), 1000, 3500);
        Assert.All(line, character => Assert.InRange(character, ' ', '~'));
        using JsonDocument document = JsonDocument.Parse(line);
        Assert.Contains("'0x80073cf2'   '0x80073cf2'", document.RootElement.GetProperty("lastErrors")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AReasonInJapaneseFitsToo()
    {
        _rig.Guest["Failure"] = string.Concat(Enumerable.Repeat("\u30a2\u30af\u30bb\u30b9 <'0x5'> ", 500));

        (int exitCode, string line) = _rig.RunScript();

        Assert.Equal(1, exitCode);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(line), 400, 3500);
        using JsonDocument document = JsonDocument.Parse(line);
        Assert.StartsWith("<'0x5'>   <'0x5'>", document.RootElement.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }
}
