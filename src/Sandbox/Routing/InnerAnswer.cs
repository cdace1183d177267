using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Operations;

namespace ImageCmdlets.Sandbox.Routing;

/// <summary>The answer to an <see cref="InnerRequest"/>.</summary>
/// <param name="Response">The answer; an error's body is its envelope.</param>
/// <param name="Started">The operation that goes on; null when the request is done.</param>
internal sealed record InnerAnswer(ArmResponse Response, LongRunningOperation? Started);
