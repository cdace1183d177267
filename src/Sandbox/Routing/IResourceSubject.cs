namespace ImageCmdlets.Sandbox.Routing;

/// <summary>A subject of the sandbox (disks, images, networks …): the types and operations that it adds to the world.</summary>
internal interface IResourceSubject
{
    /// <summary>Registers types, operations and the effects of long-running operations.</summary>
    void Register(SandboxRegistry registry);
}
