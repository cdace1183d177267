using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>Takes the URN of a marketplace image apart. Asks nobody.</summary>
[Cmdlet(VerbsData.ConvertFrom, "ImageUrn")]
[OutputType(typeof(ImageUrn))]
public sealed class ConvertFromImageUrnCommand : ImageCmdletBase
{
    /// <summary>The URN: <c>Publisher:Offer:Sku:Version</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Urn { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (string text in Urn)
        {
            try
            {
                WriteObject(ImageUrn.Parse(text));
            }
            catch (ImageCmdletsException exception)
            {
                Report(exception);
            }
        }
    }
}
