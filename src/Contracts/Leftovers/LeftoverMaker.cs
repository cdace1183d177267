namespace ImageCmdlets;

/// <summary>Whose command left something behind.</summary>
public enum LeftoverMaker
{
    /// <summary>This module, by its tags <c>imagecmdlets-*</c>.</summary>
    ImageCmdlets,

    /// <summary>The extension image-copy of the Azure CLI, by its tag <c>created_by</c>.</summary>
    AzImageCopy,

    /// <summary>The builder azure-arm of Packer, by the names that it gives to all it makes for one build.</summary>
    Packer,

    /// <summary>Azure Image Builder, by the tags of its staging groups.</summary>
    ImageBuilder,
}
