using System.Management.Automation;
using ImageCmdlets.PesterRunner.Model;

namespace ImageCmdlets.PesterRunner.Grammar;

/// <summary><c>AfterAll</c>: runs after the last test of its block.</summary>
[Cmdlet(VerbsCommon.Add, "SpecAfterAll")]
public sealed class AddSpecAfterAllCommand() : SpecHookCommand(SpecHook.AfterAll);
