using Azure.Core;
using Azure.Core.Pipeline;
using Azure.ResourceManager;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Engine.Arm;

/// <summary>Builds the one way that every request takes: retry, token, verbose line, transport.</summary>
internal static class ArmPipelineFactory
{
    public static ArmClientOptions Options(SessionTransport connection, EngineSession session)
    {
        var options = new ArmClientOptions
        {
            Environment = connection.Environment,
            Transport = connection.Transport,
            RetryPolicy = new ArmRetryPolicy(session.Clock, connection.Seed),
        };
        options.Diagnostics.ApplicationId = "ImageCmdlets";
        options.Diagnostics.IsLoggingEnabled = false;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        if (connection.AuxiliaryTokens is not null)
            options.AddPolicy(connection.AuxiliaryTokens, HttpPipelinePosition.PerRetry);

        // Closest to the wire, so that each attempt gives its own line.
        options.AddPolicy(new CallReportingPolicy(session.Clock), HttpPipelinePosition.BeforeTransport);
        return options;
    }

    public static HttpPipeline Pipeline(ArmClientOptions options, ArmEnvironment environment, TokenCredential credential) =>
        HttpPipelineBuilder.Build(options, new BearerTokenAuthenticationPolicy(credential, environment.DefaultScope));
}
