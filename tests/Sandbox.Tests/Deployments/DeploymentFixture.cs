using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Deployments;

/// <summary>A group to deploy into.</summary>
public abstract class DeploymentFixture : IDisposable
{
    protected const string Version = "2022-09-01";
    protected const string NetworkVersion = "2022-07-01";

    protected DeploymentFixture()
    {
        Client = new SandboxClient();
        Group = Client.Group("rg", "westus");
    }

    protected SandboxClient Client { get; }

    protected string Group { get; }

    protected string Deployment => $"{Group}/providers/Microsoft.Resources/deployments/first";

    protected string Network(string typeAndName) => $"{Group}/providers/Microsoft.Network/{typeAndName}";

    /// <summary>A template with these resources.</summary>
    protected static string Body(
        string resources,
        string parameters = "{}",
        string values = "{}",
        string outputs = "{}",
        string variables = "{}",
        string mode = "Incremental") =>
        $$$"""
        {"properties":{"mode":"{{{mode}}}","parameters":{{{values}}},"template":{
        "$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#","contentVersion":"1.0.0.0",
        "parameters":{{{parameters}}},"variables":{{{variables}}},"resources":[{{{resources}}}],"outputs":{{{outputs}}}
        }}
        }
        """;

    /// <summary>A public address as a template's resource.</summary>
    protected static string Address(string name, string more = "") =>
        $$$"""
        {"type":"Microsoft.Network/publicIPAddresses","apiVersion":"2022-01-01","name":"{{{name}}}","location":"westus",
        "sku":{"name":"Standard"},"properties":{"publicIPAllocationMethod":"Static"}{{{more}}}}
        """;

    protected Answer Put(string body) => Client.Put(Deployment, Version, body);

    protected Answer Refused(string body, string code, int status = 400) =>
        Client.Refused("PUT", Deployment, Version, body, status, code);

    /// <summary>Lets time pass until a deployment is over.</summary>
    protected JsonObject Finish(Answer started)
    {
        string address = started.Header("Azure-AsyncOperation")!;
        for (int i = 0; i < 5000; i++)
        {
            JsonObject status = Client.Send("GET", address).ShouldBe(200).Json;
            if ((string?)status["status"] is not ("Accepted" or "Running")) return status;
            Client.Advance(1);
        }

        throw new InvalidOperationException("The deployment does not end.");
    }

    protected JsonNode Run(string body)
    {
        Answer started = Put(body);
        started.ShouldBe(201);
        JsonObject status = Finish(started);
        Assert.True((string?)status["status"] == "Succeeded", status.ToJsonString());
        return Client.Get(Deployment, Version).ShouldBe(200).Json["properties"]!;
    }

    public void Dispose()
    {
        Client.Dispose();
        GC.SuppressFinalize(this);
    }
}
