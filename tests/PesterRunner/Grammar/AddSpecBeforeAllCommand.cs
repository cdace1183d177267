using System.Management.Automation;
using ImageCmdlets.PesterRunner.Model;

namespace ImageCmdlets.PesterRunner.Grammar;

/// <summary><c>BeforeAll</c>: runs before the first test of its block.</summary>
[Cmdlet(VerbsCommon.Add, "SpecBeforeAll")]
public sealed class AddSpecBeforeAllCommand() : SpecHookCommand(SpecHook.BeforeAll);
