using ImageCmdlets.SandboxServer.CommandLine;

namespace ImageCmdlets.SandboxServer.Tests.CommandLine;

public sealed class ServerOptionsParserTests
{
    [Fact]
    public void Without_options_a_minute_passes_in_a_second_on_a_free_port()
    {
        ServerOptions options = ServerOptionsParser.Parse([]);
        Assert.Equal(new ServerOptions { Port = 0, Speed = new ServerSpeed(60), Seed = 0 }, options);
    }

    [Fact]
    public void Every_option_is_read()
    {
        ServerOptions options = ServerOptionsParser.Parse(
            ["--port", "8443", "--speed", "max", "--seed", "-7", "--start", "2026-01-05T08:00:00Z", "--state", "s.json", "--certificate", "c.pem", "--log", "l.jsonl", "--fault-plan", "f.json", "--throttle", "--proxy", "8080"]);
        Assert.Equal(
            new ServerOptions
            {
                Port = 8443,
                Speed = new ServerSpeed(1, Jumps: true),
                Seed = -7,
                Start = new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero),
                State = Path.GetFullPath("s.json"),
                Certificate = Path.GetFullPath("c.pem"),
                Log = Path.GetFullPath("l.jsonl"),
                FaultPlan = Path.GetFullPath("f.json"),
                Throttle = true,
                Proxy = 8080,
            },
            options);
    }

    [Theory]
    [InlineData("There is no option '--verbose'.", "--verbose")]
    [InlineData("There is no option '8443'.", "8443")]
    [InlineData("--port lacks its value.", "--port")]
    [InlineData("--state lacks its value.", "--state", "--port", "1")]
    [InlineData("'http' is no value for --proxy: it is a whole number from 0 to 65535.", "--proxy", "http")]
    [InlineData("--fault-plan lacks its value.", "--fault-plan", "--throttle")]
    [InlineData("--throttle is given twice.", "--throttle", "--throttle")]
    [InlineData("--seed is given twice.", "--seed", "1", "--seed", "1")]
    [InlineData("'65536' is no value for --port: it is a whole number from 0 to 65535.", "--port", "65536")]
    [InlineData("'-1' is no value for --port: it is a whole number from 0 to 65535.", "--port", "-1")]
    [InlineData("'0.5' is no speed: it is a number from 1 to 1000000, max, or virtual.", "--speed", "0.5")]
    [InlineData("'NaN' is no speed: it is a number from 1 to 1000000, max, or virtual.", "--speed", "NaN")]
    [InlineData("'soon' is no value for --start: it is a time such as 2026-01-05T08:00:00Z.", "--start", "soon")]
    [InlineData("'' is no value for --log: it is the name of a file.", "--log", "")]
    public void A_bad_option_is_refused_by_name(string message, params string[] args) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => ServerOptionsParser.Parse(args)).Message);

    [Theory]
    [InlineData("1", 10, 10)]
    [InlineData("60", 10, 1)]
    [InlineData("60", 61, 2)]
    [InlineData("max", 3600, 1)]
    [InlineData("virtual", 3600, 1)]
    public void A_wait_of_Azure_becomes_one_of_the_client_and_never_none(string speed, int simulated, int machine) =>
        Assert.Equal(machine, ServerSpeed.Parse(speed).ToMachineSeconds(simulated));
}
