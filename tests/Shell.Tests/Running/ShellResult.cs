namespace ImageCmdlets.Shell.Tests.Running;

/// <summary>What a run of the shell left behind.</summary>
internal sealed record ShellResult(int ExitCode, string Output, string Error);
