using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Templates;

namespace ImageCmdlets.Sandbox.Deployments;

/// <summary>A deployment as the store keeps it.</summary>
internal sealed class DeploymentState(SandboxWorld world, ResourceEntry entry)
{
    public ResourceEntry Entry { get; } = entry;

    public List<DeploymentStep> Steps { get; } = [.. entry.State.Items("steps").Select(static json => new DeploymentStep(json))];

    public DateTimeOffset Start => DateTimeOffset.Parse(Entry.State.Text("start")!, CultureInfo.InvariantCulture);

    /// <summary>Scheme and host of the client's request.</summary>
    public Uri Authority => new(Entry.State.Text("authority")!);

    public bool IsComplete => Entry.Properties.Text("mode") == "Complete";

    public bool IsOver => Entry.ProvisioningState is "Succeeded" or "Failed" or "Canceled";

    /// <summary>Template and parameters; gone when the deployment is over, for secrets may be among them.</summary>
    public TemplateScope? Scope => Entry.State.Object("template") is { } template
        ? new TemplateScope
        {
            Template = template,
            Parameters = Entry.State.Object("parameters")!,
            Place = DeploymentPlan.Place(world, world.Store.FindGroup(Entry.SubscriptionId, Entry.ResourceGroup!)!, Entry.Name),
        }
        : null;

    public void Add(DeploymentStep step)
    {
        if (Entry.State.Array("steps") is not { } steps) Entry.State["steps"] = steps = [];
        steps.Add((JsonNode)step.Json);
        Steps.Add(step);
    }

    /// <summary>Changes the provisioning state; the timestamp is that of the change.</summary>
    public void Become(string state, DateTimeOffset now)
    {
        Entry.ProvisioningState = state;
        Entry.Properties["timestamp"] = Timestamp(now);
        Entry.Properties["duration"] = XmlConvert.ToString(now - Start);
        if (!IsOver) return;
        foreach (string secret in (string[])["template", "parameters"]) Entry.State.Remove(secret);
        foreach (DeploymentStep step in Steps)
        {
            step.Json.Remove("source");
            step.Json.Remove("loops");
        }
    }

    /// <summary>Time as the deployment engine writes it.</summary>
    public static string Timestamp(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
