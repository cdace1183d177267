using System.Management.Automation;
using ImageCmdlets.PesterRunner.Model;

namespace ImageCmdlets.PesterRunner.Grammar;

/// <summary><c>BeforeEach</c>: runs before each test of its block.</summary>
[Cmdlet(VerbsCommon.Add, "SpecBeforeEach")]
public sealed class AddSpecBeforeEachCommand() : SpecHookCommand(SpecHook.BeforeEach);
