namespace ImageCmdlets.SandboxServer.Tests.Az;

/// <summary>
/// A day of work with az: groups, machines, images, snapshots, disks, galleries, storage accounts. Where Azure asks for more
/// than az does by itself, the command says so.
/// </summary>
public static class ListedCommands
{
    private const string Group = "/subscriptions/{SUB}/resourceGroups/rg";
    private const string Compute = Group + "/providers/Microsoft.Compute";
    private const string Account = "--admin-username azureuser --admin-password P@ssw0rd12345! --authentication-type password";

    /// <summary>In the order in which they run.</summary>
    public static IReadOnlyList<AzCommand> All { get; } = [.. Machine, .. Images, .. Snapshots, .. Galleries, .. Machines, .. Ends];

    private static AzCommand[] Machine =>
    [
        new("az account list") { Names = ["Sandbox Production", "Sandbox Development"] },
        new("az account list-locations") { Says = "westus" },
        new("az group create -n rg -l westus --tags a=b") { Names = ["rg"] },
        new("az group show -n rg") { Names = ["rg"] },
        new("az group exists -n nosuch") { Says = "false" },
        new("az image list") { Names = [] },
        new("az image list -g rg") { Names = [] },

        // Azure gives a disk that nobody named a name that nobody can know.
        new($"az vm create -g rg -n vm1 --image Debian:debian-12:12-gen2:latest {Account} --size Standard_DS1_v2 --os-disk-name vm1_OsDisk_1")
            { Names = ["vm1"], Says = "VM running" },
        new("az vm show -g rg -n vm1") { Names = ["vm1"] },
        new("az vm show -g rg -n vm1 -d") { Names = ["vm1"], Says = "VM running" },
        new("az vm get-instance-view -g rg -n vm1") { Names = ["vm1"], Says = "PowerState/running" },
        new("az vm list -g rg -d") { Names = ["vm1"] },

        // Machines can be made of an image only when its guest was deprovisioned. That stops the agent, which therefore tells
        // nobody that it is done.
        new("az vm run-command invoke -g rg -n vm1 --command-id RunShellScript --scripts 'waagent -deprovision+user -force'")
            { ExitCode = 1, Says = "(VMExtensionProvisioningTimeout)" },
        new("az vm deallocate -g rg -n vm1"),
        new("az vm generalize -g rg -n vm1"),
    ];

    private static AzCommand[] Images =>
    [
        // az says V1 unless told otherwise, and Azure does not take that for a machine of the second generation.
        new("az image create -g rg -n img --source vm1") { ExitCode = 1, Says = "does not match with the HyperVGeneration property: 'Gen2'" },
        new("az image create -g rg -n img --source vm1 --hyper-v-generation V2") { Names = ["img"] },
        new("az image create -g rg -n img2 --source vm1 --hyper-v-generation V2 --tags x=y") { Names = ["img2"] },
        new("az image show -g rg -n img") { Names = ["img"] },
        new("az image update -g rg -n img --tags k=v") { Names = ["img"] },
        new("az disk show -g rg -n vm1_OsDisk_1") { Names = ["vm1_OsDisk_1"] },
        new("az disk list -g rg") { Names = ["vm1_OsDisk_1"] },
    ];

    private static AzCommand[] Snapshots =>
    [
        new("az snapshot create -g rg -n snap1 --source vm1_OsDisk_1 --hyper-v-generation V2") { Names = ["snap1"] },
        new($"az snapshot create -g rg -n snap2 -l westus --hyper-v-generation V2 --source {Compute}/disks/vm1_OsDisk_1 --incremental true") { Names = ["snap2"] },
        new($"az snapshot create -g rg -n snap3 -l eastus --source {Compute}/snapshots/snap2 --copy-start true --incremental true") { Names = ["snap3"] },
        new("az snapshot show -g rg -n snap1") { Names = ["snap1"] },
        new("az snapshot list -g rg") { Names = ["snap1", "snap2", "snap3"] },
        new("az snapshot grant-access -g rg -n snap1 --duration-in-seconds 3600") { Says = "\"accessSas\": \"https://" },
        new("az snapshot revoke-access -g rg -n snap1"),
        new("az disk create -g rg -n d1 --source snap1") { Names = ["d1"] },
        new("az disk create -g rg -n d2 --size-gb 10") { Names = ["d2"] },
        new("az image create -g rg -n img3 -l westus --os-type Linux --source snap1 --hyper-v-generation V2") { Names = ["img3"] },
        new("az image create -g rg -n img4 -l westus --os-type Linux --source vm1_OsDisk_1 --hyper-v-generation V2") { Names = ["img4"] },
    ];

    private static AzCommand[] Galleries =>
    [
        new("az sig create -g rg --gallery-name gal -l westus") { Names = ["gal"] },
        new("az sig list") { Names = ["gal"] },
        new("az sig show -g rg -r gal") { Names = ["gal"] },
        new("az sig image-definition create -g rg -r gal -i def1 --publisher p --offer o --sku s --os-type Linux --os-state generalized --hyper-v-generation V2")
            { Names = ["def1"] },
        new("az sig image-definition show -g rg -r gal -i def1") { Names = ["def1"] },
        new("az sig image-definition list -g rg -r gal") { Names = ["def1"] },
        new("az sig image-version create -g rg -r gal -i def1 -e 1.0.0 --managed-image img --target-regions westus eastus=1=standard_zrs --replica-count 1")
            { Names = ["1.0.0"] },
        new("az sig image-version create -g rg -r gal -i def1 -e 1.0.1 --os-snapshot snap1") { Names = ["1.0.1"] },
        new($"az sig image-version create -g rg -r gal -i def1 -e 1.0.2 --virtual-machine {Compute}/virtualMachines/vm1") { Names = ["1.0.2"] },
        new("az sig image-version show -g rg -r gal -i def1 -e 1.0.0 --expand ReplicationStatus") { Names = ["1.0.0"], Says = "\"aggregatedState\": \"Completed\"" },
        new("az sig image-version list -g rg -r gal -i def1") { Names = ["1.0.0", "1.0.1", "1.0.2"] },
        new("az sig image-version update -g rg -r gal -i def1 -e 1.0.0 --add publishingProfile.targetRegions name=westeurope") { Says = "West Europe" },
    ];

    private static AzCommand[] Machines =>
    [
        new($"az vm create -g rg -n vm2 --image img {Account}") { Names = ["vm2"] },
        new($"az vm create -g rg -n vm3 --image {Compute}/galleries/gal/images/def1/versions/1.0.0 {Account} --public-ip-address '' --nsg ''") { Names = ["vm3"] },
        new("az vm create -g rg -n vm4 --image MicrosoftWindowsServer:WindowsServer:2022-Datacenter:latest " +
            "--admin-username azureuser --admin-password P@ssw0rd12345! --public-ip-sku Standard") { Names = ["vm4"] },
        new("az vm create -g rg -n vm5 --image Debian:debian-12:12-gen2:0.20240717.1811 --admin-username azureuser --ssh-key-values {KEY} " +
            "--vnet-name vm1VNET --subnet vm1Subnet --os-disk-size-gb 64 --data-disk-sizes-gb 10 --assign-identity --tags a=b") { Names = ["vm5"] },
        new($"az vm create -g rg -n vm6 --image Debian:debian-12:12-gen2:latest {Account} --no-wait"),
        new("az vm update -g rg -n vm4 --set tags.x=y") { Names = ["vm4"] },
        new("az vm list-ip-addresses -g rg -n vm2") { Says = "\"name\": \"vm2\"" },
        new("az vm wait -g rg -n vm2 --created --timeout 60"),
        new("az snapshot update -g rg -n snap1 --set tags.x=y") { Names = ["snap1"] },
        new("az vm list-skus -l westus") { Says = "Standard_DS1_v2" },
        new("az vm get-instance-view -g rg -n vm2 --query instanceView.statuses") { Says = "PowerState/running" },
        new($"az tag update --operation merge --resource-id {Compute}/images/img --tags t=u") { Says = "\"t\": \"u\"" },
        new("az lock list -g rg") { Names = [] },
        new("az vm image list -p Debian --all") { Says = "Debian:debian-12:12-gen2:" },
        new("az vm image list-publishers -l westus") { Says = "\"name\": \"Debian\"" },
        new("az vm image show --urn Debian:debian-12:12-gen2:latest -l westus") { Says = "\"hyperVGeneration\": \"V2\"" },
        new("az vm start -g rg -n vm2"),
        new("az vm stop -g rg -n vm2"),

        // A machine that does not run cannot be restarted.
        new("az vm restart -g rg -n vm2") { ExitCode = 1, Says = "The operation requires the VM to be running (or set to run)." },
        new("az vm start -g rg -n vm2 --no-wait"),
        new("az vm restart -g rg -n vm2 --no-wait"),
        new("az vm run-command invoke -g rg -n vm2 --command-id RunShellScript --scripts 'echo hi'") { Says = "[stdout]\\nhi\\n" },
        new("az vm extension set -g rg --vm-name vm2 -n CustomScript --publisher Microsoft.Azure.Extensions --settings '{\"commandToExecute\":\"true\"}'")
            { Names = ["CustomScript"] },

        // For machines whose disks are blobs; the others have images.
        new("az vm capture -g rg -n vm2 --vhd-name-prefix cap")
            { ExitCode = 1, Says = "The Capture action is only supported on a Virtual Machine with blob based disks." },
        new("az vm delete -g rg -n vm3 --yes"),
    ];

    private static AzCommand[] Ends =>
    [
        new("az sig image-version delete -g rg -r gal -i def1 -e 1.0.2"),

        // What still has something below it is not deleted.
        new("az sig image-definition delete -g rg -r gal -i def1") { ExitCode = 1, Says = "CannotDeleteResource" },
        new("az sig image-version delete -g rg -r gal -i def1 -e 1.0.0"),
        new("az sig image-version delete -g rg -r gal -i def1 -e 1.0.1"),
        new("az sig image-definition delete -r gal -g rg -i def1"),
        new("az sig delete -g rg -r gal"),
        new("az image delete -g rg -n img4"),
        new("az snapshot delete -g rg -n snap3"),
        new("az disk delete -g rg -n d2 --yes"),
        new("az resource list -g rg") { Says = "Microsoft.Compute/virtualMachines" },
        new("az resource list --tag created_by=image-copy-extension") { Names = [] },
        new($"az resource show --ids {Compute}/images/img") { Names = ["img"] },
        new("az image show -g rg -n nosuch") { ExitCode = 3, Says = "(ResourceNotFound)" },
        new("az rest --method get --url '/subscriptions/{subscriptionId}/resourceGroups/rg/providers/Microsoft.Compute/images?api-version=2023-03-01'")
            { Says = "\"name\": \"img3\"" },
        new("az storage account create -g rg -n simstore1 -l westus --sku Standard_LRS") { Names = ["simstore1"] },
        new("az storage account keys list -g rg -n simstore1") { Says = "\"keyName\": \"key1\"" },
        new("az group delete -n rg --yes"),
        new("az group create -n rg2 -l westus") { Names = ["rg2"] },
        new("az group delete -n rg2 --yes --no-wait"),
    ];
}
