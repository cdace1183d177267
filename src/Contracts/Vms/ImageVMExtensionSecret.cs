using System.Collections;

namespace ImageCmdlets;

/// <summary>The protected settings of an extension. A type without properties, so that nothing that prints, logs or serializes objects shows them.</summary>
public sealed class ImageVMExtensionSecret
{
    private readonly IDictionary _settings;

    /// <param name="settings">A table as the extension's publisher wants it; its values may be SecureStrings.</param>
    public ImageVMExtensionSecret(IDictionary settings)
    {
        _settings = settings;
    }

    /// <summary>The table, for whoever sends it to Azure.</summary>
    public IDictionary Reveal() => _settings;

    /// <summary>Says that there are some, and no more.</summary>
    public override string ToString() => "(protected)";
}
