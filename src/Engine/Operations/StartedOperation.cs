using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Operations;

/// <summary>What <c>-NoWait</c> gives once Azure has accepted a request.</summary>
internal static class StartedOperation
{
    /// <summary>Hands an <see cref="ImageOperation"/> on.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="id">The resource that is being changed.</param>
    /// <param name="verb">What was asked for, such as "New".</param>
    /// <param name="begin">When the command began with it.</param>
    /// <param name="answer">Azure's answer to the request, or to the question whether it had been made already.</param>
    public static Task WriteAsync(Operation operation, ResourceId id, string verb, DateTimeOffset begin, ArmAnswer answer)
    {
        bool isDone = answer.Header("Azure-AsyncOperation") is null && answer.Body.Text("properties", "provisioningState") == "Succeeded";
        var started = new ImageOperation(id.Text, verb, begin) { State = isDone ? "Succeeded" : "InProgress" };
        operation.Session.Started.Add(started, answer);
        return operation.WriteAsync(started);
    }
}
