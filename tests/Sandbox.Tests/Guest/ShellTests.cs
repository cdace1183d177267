using ImageCmdlets.Sandbox.Guest;

namespace ImageCmdlets.Sandbox.Tests.Guest;

/// <summary>The part of the shell's language that the guest understands.</summary>
public sealed class ShellTests
{
    [Theory]
    [InlineData("echo hello   world", "hello world\n")]
    [InlineData("x='a  b'; echo \"$x\" $x", "a  b a b\n")]
    [InlineData("echo ${x:-none} ${x:+some}", "none\n")]
    [InlineData("f=/a/b/c.txt; echo ${f##*/} ${f%.txt} ${#f}", "c.txt /a/b/c 10\n")]
    [InlineData("echo $((2 + 3 * (4 - 1))) $((7 % 4))", "11 3\n")]
    [InlineData("for i in 1 2 3; do [ $i -eq 2 ] && continue; echo $i; done", "1\n3\n")]
    [InlineData("i=0; while [ $i -lt 3 ]; do i=$((i+1)); if [ $i = 2 ]; then break; fi; done; echo $i", "2\n")]
    [InlineData("case abc in a*) echo first;; *) echo other;; esac", "first\n")]
    [InlineData("say() { echo \"$1-$#\"; return 3; }; say x y; echo $?", "x-2\n3\n")]
    [InlineData("false || echo no; true && echo yes; ! true; echo $?", "no\nyes\n1\n")]
    [InlineData("printf '{\"a\":\"%s\",\"n\":%d}\\n' x 5", "{\"a\":\"x\",\"n\":5}\n")]
    [InlineData("cat <<EOF\na $((1+1))\nEOF", "a 2\n")]
    [InlineData("cat <<'EOF'\na $x\nEOF", "a $x\n")]
    [InlineData("x=$(echo a; echo b | tr b c); echo \"$x\"", "a\nc\n")]
    [InlineData("echo one > /tmp/f; echo two >> /tmp/f; wc -l < /tmp/f; grep -c t /tmp/f", "2\n1\n")]
    [InlineData("(cd /tmp; x=1); echo \"[$x] $(pwd)\"", "[] /\n")]
    [InlineData("set -- a b; shift; echo $1", "b\n")]
    [InlineData("printf 'a:b\\nc:d\\n' | while IFS=: read -r x y; do echo \"$y$x\"; done", "ba\ndc\n")]
    [InlineData("echo `echo inner`", "inner\n")]
    [InlineData("{ echo out; echo err >&2; } 2>&1 | sort", "err\nout\n")]
    [InlineData("if command -v waagent >/dev/null 2>&1; then echo there; fi; command -v nowhere || echo missing",
        "there\nmissing\n")]
    [InlineData("echo 'a b c' | awk '{print $2}'; echo a,b | cut -d, -f2; echo aXb | sed 's/X/-/'", "b\nb\na-b\n")]
    [InlineData("trap 'echo bye' EXIT; echo hi; exit 4", "hi\nbye\n")]
    [InlineData("# a comment\necho a # and another\n\n  echo b", "a\nb\n")]
    [InlineData("printf 'a\\\\b\"c' | sed -e 's/\\\\/\\\\\\\\/g' -e 's/\"/\\\\\"/g'", "a\\\\b\\\"c")]
    [InlineData("printf 'one\\ntwo\\nthree\\n' | sed -n 2p; printf 'x=1\\n#y\\n' | sed '/^#/d'", "two\nx=1\n")]
    [InlineData("printf 'a\\001b' | tr -d '\\000-\\037'", "ab")]
    [InlineData("mkdir /tmp/l && echo made; mkdir /tmp/l 2>/dev/null || echo there", "made\nthere\n")]
    [InlineData("cat > /tmp/f <<'JOB' || exit 1\nset -u\necho \"$1\"\nJOB\nsh /tmp/f arg", "arg\n")]
    [InlineData("cat /etc/hostname | tr -d '\\n'; echo", "web01\n")]
    public void Speaks(string script, string expected) => Assert.Equal(expected, GuestFixture.Linux().Run(script).Result?.Output);

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("set -e; false; echo never", 1)]
    [InlineData("set -e; if false; then :; fi; false || true; exit 0", 0)]
    [InlineData("grep x /nowhere", 2)]
    [InlineData("echo 'unclosed", 2)]
    public void ExitCodesAreThoseOfAShell(string script, int expected) =>
        Assert.Equal(expected, GuestFixture.Linux().Run(script).Result?.ExitCode);

    [Fact]
    public void AnUnknownCommandHasNoEffectAndIsNoted()
    {
        GuestRun run = GuestFixture.Linux().Run("apt-get install -y nginx && echo installed");
        Assert.Equal("installed\n", run.Result?.Output);
        Assert.Equal(["unknown command: apt-get"], run.Diagnostics);
    }

    [Fact]
    public void SleepingTakesTheGuestsTime()
    {
        GuestMachine machine = GuestFixture.Linux();
        var run = new GuestRun("sleep 100; date +%s", []);
        machine.Submit(run);
        DateTimeOffset start = machine.Now;
        machine.AdvanceTo(start.AddSeconds(99));
        Assert.Null(run.Result);
        machine.AdvanceTo(start.AddSeconds(200));
        Assert.Equal(start.AddSeconds(101), run.EndedAt);
        Assert.Equal($"{start.AddSeconds(100).ToUnixTimeSeconds()}\n", run.Result?.Output);
    }

    [Fact]
    public void TwoScriptsInterleave()
    {
        GuestMachine machine = GuestFixture.Linux();
        machine.Submit(new GuestRun("for i in 1 2; do echo a$i >> /tmp/log; sleep 10; done", []));
        machine.Submit(new GuestRun("sleep 5; for i in 1 2; do echo b$i >> /tmp/log; sleep 10; done", []));
        machine.AdvanceTo(machine.Now.AddSeconds(60));
        Assert.Equal("a1\nb1\na2\nb2\n", machine.Disk.Files.Read("/tmp/log"));
    }

    [Fact]
    public void AScriptThatNeverSleepsHangs()
    {
        GuestRun run = GuestFixture.Linux().Run("while true; do :; done", 100_000);
        Assert.Null(run.Result);
        Assert.Contains("The script never sleeps and never ends; it is left hanging.", run.Diagnostics);
    }

    [Fact]
    public void AtWorksInWholeMinutesAndOutlivesTheScript()
    {
        GuestMachine machine = GuestFixture.Linux();
        GuestRun run = machine.Run("echo 'touch /tmp/done' | at -M now + 1 minutes", 5);
        Assert.Equal("warning: commands will be executed using /bin/sh\njob 1 at Mon Jan  5 08:01:00 2026\n", run.Result?.Error);
        Assert.False(machine.Disk.Files.IsFile("/tmp/done"));
        machine.AdvanceTo(GuestFixture.Start.AddMinutes(1));
        Assert.True(machine.Disk.Files.IsFile("/tmp/done"));
    }
}
