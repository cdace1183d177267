using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>The model of a request, found to be possible.</summary>
/// <param name="Machine">The request, with the model as the body of a machine.</param>
/// <param name="Source">What the machines are made from.</param>
/// <param name="Size">Their size.</param>
internal sealed record ScaleSetDraft(RequestContext Machine, VmSource Source, VmSize Size);
