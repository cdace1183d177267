namespace ImageCmdlets.Sandbox.Templates;

/// <summary>A template cannot be evaluated; the message is ARM's, without what tells where.</summary>
internal sealed class TemplateException(string message) : Exception(message);
