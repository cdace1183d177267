using System.Management.Automation;
using ImageCmdlets.PesterRunner.Model;

namespace ImageCmdlets.PesterRunner.Grammar;

/// <summary><c>AfterEach</c>: runs after each test of its block.</summary>
[Cmdlet(VerbsCommon.Add, "SpecAfterEach")]
public sealed class AddSpecAfterEachCommand() : SpecHookCommand(SpecHook.AfterEach);
