namespace ImageCmdlets.SandboxServer.Tests.Az;

/// <summary>What is beyond <see cref="ListedCommands"/>: networks, load balancers, encryption sets, sizes, extensions, scale sets, sharing, deployments, locks, tags, storage accounts, restore points.</summary>
public static class OtherCommands
{
    private const string Group = "/subscriptions/{SUB}/resourceGroups/rg";
    private const string Compute = Group + "/providers/Microsoft.Compute";
    private const string Account = "--admin-username azureuser --admin-password P@ssw0rd12345!";

    /// <summary>In the order in which they run.</summary>
    public static IReadOnlyList<AzCommand> All { get; } = [.. Networks, .. Balancers, .. Machines, .. Disks, .. Encryption, .. Galleries, .. ScaleSets, .. BalancedScaleSets, .. Accounts, .. MachineDetails, .. MoreResources, .. Policies, .. Groups, .. Management];

    private static AzCommand[] Networks =>
    [
        new("az group create -n rg -l westus") { Names = ["rg"] },
        new("az network vnet create -g rg -n vnet1 --address-prefixes 10.1.0.0/16 --subnet-name s1 --subnet-prefixes 10.1.1.0/24"),
        new("az network vnet subnet create -g rg --vnet-name vnet1 -n s2 --address-prefixes 10.1.2.0/24") { Names = ["s2"] },
        new("az network vnet subnet list -g rg --vnet-name vnet1") { Names = ["s1", "s2"] },
        new("az network nsg create -g rg -n nsg1"),
        new("az network nsg rule create -g rg --nsg-name nsg1 -n ssh --priority 100 --destination-port-ranges 22 --access Allow --protocol Tcp")
            { Names = ["ssh"] },
        new("az network public-ip create -g rg -n ip1 --sku Standard"),
        new("az network nic create -g rg -n nic1 --vnet-name vnet1 --subnet s1 --network-security-group nsg1 --public-ip-address ip1"),
        new("az network nic list -g rg") { Names = ["nic1"] },
    ];

    private static AzCommand[] Balancers =>
    [
        new("az network lb create -g rg -n lb1 --sku Standard --public-ip-address lbip1 --frontend-ip-name fe1 --backend-pool-name pool1")
            { Says = "\"loadBalancer\"" },
        new("az network lb probe create -g rg --lb-name lb1 -n probe1 --protocol tcp --port 80") { Names = ["probe1"] },
        new("az network lb rule create -g rg --lb-name lb1 -n web --protocol Tcp --frontend-port 80 --backend-port 80 " +
            "--frontend-ip-name fe1 --backend-pool-name pool1 --probe-name probe1") { Names = ["web"] },
        new("az network lb inbound-nat-rule create -g rg --lb-name lb1 -n ssh --protocol Tcp --frontend-port 2222 --backend-port 22 " +
            "--frontend-ip-name fe1") { Names = ["ssh"] },
        new("az network lb address-pool create -g rg --lb-name lb1 -n pool2") { Names = ["pool2"] },
        new("az network nic ip-config address-pool add -g rg --nic-name nic1 --ip-config-name ipconfig1 --lb-name lb1 --address-pool pool2")
            { Says = "/loadBalancers/lb1/backendAddressPools/pool2" },
        new("az network lb show -g rg -n lb1 --query backendAddressPools[1].backendIPConfigurations")
            { Says = "/networkInterfaces/nic1/ipConfigurations/ipconfig1" },
        new("az network nic ip-config address-pool remove -g rg --nic-name nic1 --ip-config-name ipconfig1 --lb-name lb1 --address-pool pool2"),
        new("az network lb address-pool delete -g rg --lb-name lb1 -n pool2"),
        new("az network lb show -g rg -n lb1") { Names = ["lb1"] },
        new("az network lb list -g rg") { Names = ["lb1"] },
        new("az network public-ip delete -g rg -n lbip1") { ExitCode = 1, Says = "can not be deleted since it is still allocated to resource" },
        new("az network lb delete -g rg -n lb1"),
    ];

    private static AzCommand[] Encryption =>
    [
        new("az disk-encryption-set create -g rg -n des1 --key-url https://vault1.vault.azure.net/keys/key1/1 " +
            $"--source-vault {Group}/providers/Microsoft.KeyVault/vaults/vault1") { Names = ["des1"], Says = "principalId" },
        new("az disk-encryption-set list -g rg") { Names = ["des1"] },
        new("az disk-encryption-set update -g rg -n des1 --key-url https://vault1.vault.azure.net/keys/key1/2 " +
            $"--source-vault {Group}/providers/Microsoft.KeyVault/vaults/vault1") { Says = "keys/key1/2" },
        new("az disk create -g rg -n encrypted1 --size-gb 4 --disk-encryption-set des1 --encryption-type EncryptionAtRestWithCustomerKey")
            { Names = ["encrypted1"], Says = "/diskEncryptionSets/des1" },
        new("az disk-encryption-set list-associated-resources -g rg -n des1") { Says = "/disks/encrypted1" },
        new("az disk delete -g rg -n encrypted1 --yes"),
        new("az disk-encryption-set delete -g rg -n des1"),
    ];

    private static AzCommand[] BalancedScaleSets =>
    [
        new($"az vmss create -g rg -n ss9 --image Debian:debian-12:12-gen2:latest {Account} --instance-count 2 --vnet-name vnet1 --subnet s2")
            { Says = "\"vmss\"" },
        new("az network lb show -g rg -n ss9LB --query backendAddressPools[].id") { Says = "/loadBalancers/ss9LB/backendAddressPools/" },
        new("az network lb delete -g rg -n ss9LB") { ExitCode = 1, Says = "LoadBalancerInUseByVirtualMachineScaleSet" },
        new("az vmss delete -g rg -n ss9"),
        new("az network lb delete --resource-group rg --name ss9LB"),
        new($"az vmss create -g rg -n ss8 --image Debian:debian-12:12-gen2:latest {Account} --instance-count 2 --vnet-name vnet1 " +
            "--subnet s2 --orchestration-mode Uniform --upgrade-policy-mode manual") { Says = "/loadBalancers/ss8LB/" },
        new("az vmss delete -g rg -n ss8"),
    ];

    private static AzCommand[] Machines =>
    [
        new($"az vm create -g rg -n vm1 --image Debian:debian-12:12-gen2:latest --nics nic1 {Account} --authentication-type password " +
            "--size Standard_D2s_v3 --os-disk-name os1") { Names = ["vm1"] },
        new("az vm list-sizes -l westus") { Says = "\"name\": \"Standard_D2s_v3\"" },
        new("az vm list-vm-resize-options -g rg -n vm1") { Says = "\"name\": \"Standard_D4s_v3\"" },
        new("az vm list-usage -l westus") { Says = "\"value\": \"standardDSv3Family\"" },
        new("az vm resize -g rg -n vm1 --size Standard_D4s_v3") { Names = ["vm1"], Says = "Standard_D4s_v3" },
        new("az vm disk attach -g rg --vm-name vm1 -n data1 --new --size-gb 8"),
        new("az vm disk detach -g rg --vm-name vm1 -n data1"),
        new("az vm redeploy -g rg -n vm1"),
        new("az vm reapply -g rg -n vm1"),
        new("az vm identity assign -g rg -n vm1") { Says = "systemAssignedIdentity" },
        new("az vm extension image list-versions -l westus -p Microsoft.Azure.Extensions -n CustomScript") { Says = "\"name\": \"2.1.10\"" },
        new("az vm image list-skus -l westus -p Debian -f debian-12") { Says = "\"name\": \"12-gen2\"" },
        new("az vm run-command list -l westus") { Says = "\"id\": \"RunShellScript\"" },
        new("az vm run-command create -g rg --vm-name vm1 --name cmd1 --script 'echo one'") { Names = ["cmd1"] },
        new("az vm run-command show -g rg --vm-name vm1 --name cmd1 --instance-view") { Says = "\"output\": \"one\\n\"" },
        new("az vm run-command delete -g rg --vm-name vm1 --name cmd1 --yes"),
        new("az vm simulate-eviction -g rg -n vm1") { ExitCode = 1, Says = "allowed only for Spot Virtual Machines" },
        new("az vm availability-set create -g rg -n as1"),
        new("az ppg create -g rg -n ppg1 -l westus"),
    ];

    private static AzCommand[] Disks =>
    [
        new("az disk update -g rg -n data1 --size-gb 16") { Names = ["data1"], Says = "\"diskSizeGb\": 16" },
        new("az disk grant-access -g rg -n data1 --duration-in-seconds 600") { Says = "https://127.0.0.1:" },
        new("az disk revoke-access -g rg -n data1"),
        new("az group create -n rgd -l eastus") { Names = ["rgd"] },
        new("az snapshot create -g rg -n s1 --source os1 --incremental true --hyper-v-generation V2") { Names = ["s1"] },
        new($"az snapshot create -g rgd -n s1copy -l eastus --source {Compute}/snapshots/s1 --copy-start true --incremental true") { Names = ["s1copy"] },
        new("az snapshot show -g rgd -n s1copy --query completionPercent") { Says = "100" },
        new("az disk create -g rgd -n fromcopy --source s1copy") { Names = ["fromcopy"] },
        new("az disk list") { Says = "fromcopy" },
    ];

    private static AzCommand[] Galleries =>
    [
        new("az sig create -g rg -r g1 --permissions groups") { Names = ["g1"] },
        new("az sig update -g rg -r g1 --set description=hello") { Says = "hello" },
        new("az sig share add -g rg -r g1 --subscription-ids 10000000-0000-4000-8000-000000000002"),
        new("az sig image-definition create -g rg -r g1 -i d1 --publisher p --offer o --sku s --os-type Linux --os-state Specialized --hyper-v-generation V2")
            { Names = ["d1"] },
        new($"az sig image-version create -g rg -r g1 -i d1 -e 1.2.3 --virtual-machine {Compute}/virtualMachines/vm1") { Names = ["1.2.3"] },
        new($"az vm create -g rg -n vm9 --image {Compute}/galleries/g1/images/d1 --specialized --public-ip-address '' --nsg '' --ssh-key-values {{KEY}}")
            { Names = ["vm9"] },
    ];

    private static AzCommand[] ScaleSets =>
    [
        new($"az vmss create -g rg -n ss1 --image Debian:debian-12:12-gen2:latest {Account} --instance-count 2 --load-balancer '' " +
            "--orchestration-mode Uniform --upgrade-policy-mode manual") { Says = "\"uniqueId\"" },
        new("az vmss list-instances -g rg -n ss1") { Names = ["ss1_0", "ss1_1"] },
        new("az vmss scale -g rg -n ss1 --new-capacity 3") { Names = ["ss1"] },
        new("az vmss delete-instances -g rg -n ss1 --instance-ids 0"),
        new("az vmss delete -g rg -n ss1"),
    ];

    private static AzCommand[] Accounts =>
    [
        new("az storage account create -g rg -n stacct1 -l westus --sku Standard_LRS") { Names = ["stacct1"] },
        new("az storage account keys list -g rg -n stacct1") { Says = "\"keyName\": \"key2\"" },
        new("az storage account keys renew -g rg -n stacct1 --key primary") { Says = "\"keyName\": \"key1\"" },
        new("az storage account show-connection-string -g rg -n stacct1") { Says = "AccountName=stacct1;AccountKey=" },
        new("az storage account check-name --name stacct1") { Says = "\"reason\": \"AlreadyExists\"" },
        new("az storage account update -g rg -n stacct1 --tags a=b") { Says = "\"a\": \"b\"" },
        new("az storage account list -g rg") { Names = ["stacct1"] },
        new("az storage account delete -g rg -n stacct1 --yes"),
    ];

    private static AzCommand[] MachineDetails =>
    [
        new("az vm list-skus -l westus --size Standard_D2s_v3") { Names = ["Standard_D2s_v3"] },
        new("az vm extension image list-names -l westus -p Microsoft.Azure.Extensions") { Says = "\"name\": \"CustomScript\"" },
        new("az vm extension image show -l westus -p Microsoft.Azure.Extensions -n CustomScript --version 2.1.10") { Names = ["2.1.10"] },
        new("az vm get-instance-view -g rg -n vm1 --query instanceView.statuses[].code") { Says = "PowerState/running" },
        new("az vm open-port -g rg -n vm1 --port 8080") { Says = "\"name\": \"open-port-8080\"" },
        new("az vm boot-diagnostics enable -g rg -n vm1"),
        new("az vm update -g rg -n vm1 --set tags.a=b") { Names = ["vm1"], Says = "\"a\": \"b\"" },
        new("az vm list-ip-addresses -g rg -n vm1") { Says = "\"privateIpAddresses\"" },
        new("az vm nic list -g rg --vm-name vm1") { Says = "/networkInterfaces/nic1" },
        new("az vm identity show -g rg -n vm1") { Says = "\"SystemAssigned\"" },
        new("az vm user update -g rg -n vm1 -u azureuser -p P@ssw0rd12345!x") { Names = ["enablevmaccess"] },
        new("az vm extension list -g rg --vm-name vm1") { Says = "\"name\": \"enablevmaccess\"" },
        new("az vm show -d -g rg -n vm1 --query powerState") { Says = "VM running" },
        new("az vm convert -g rg -n vm1") { ExitCode = 1, Says = "already using managed disks" },
    ];

    private static AzCommand[] MoreResources =>
    [
        new("az resource show -g rg -n data1 --resource-type Microsoft.Compute/disks") { Names = ["data1"] },
        new($"az resource update --ids {Compute}/disks/data1 --set tags.q=1") { Says = "\"q\": \"1\"" },
        new("az resource list -g rg --resource-type Microsoft.Compute/availabilitySets") { Names = ["as1"] },
        new($"az resource delete --ids {Compute}/availabilitySets/as1"),
        new("az lock create -n l1 --lock-type ReadOnly -g rg --resource-name data1 --resource-type Microsoft.Compute/disks") { Names = ["l1"] },
        new("az lock list -g rg") { Names = ["l1"] },
        new("az disk update -g rg -n data1 --set tags.r=1") { ExitCode = 1, Says = "(ScopeLocked)" },
        new("az lock delete -n l1 -g rg --resource-name data1 --resource-type Microsoft.Compute/disks"),
        new($"az tag create --resource-id {Group} --tags x=y") { Says = "\"x\": \"y\"" },
        new($"az tag list --resource-id {Group}") { Says = "\"x\": \"y\"" },
        new("az rest --method get --url /subscriptions/{SUB}/resourceGroups/rg?api-version=2021-04-01") { Says = "\"x\": \"y\"" },
        new("az snapshot create -g rg -n sn1 --source os1") { Names = ["sn1"] },
        new("az snapshot grant-access -g rg -n sn1 --duration-in-seconds 600") { Says = "https://127.0.0.1:" },
        new("az snapshot revoke-access -g rg -n sn1"),
        new("az sig gallery-application create -g rg -r g1 -n app1 --os-type Linux") { Names = ["app1"] },
        new("az sig gallery-application list -g rg -r g1") { Names = ["app1"] },
        new("az sig show-community -l westus --public-gallery-name pub-123") { ExitCode = 3, Says = "/CommunityGalleries/pub-123" },
        new($"az restore-point collection create -g rg --collection-name rpc1 --source-id {Compute}/virtualMachines/vm1") { Names = ["rpc1"] },
        new("az restore-point create -g rg --collection-name rpc1 -n rp1") { Says = "\"name\": \"rp1\"" },
        new("az restore-point show -g rg --collection-name rpc1 -n rp1") { Says = "\"name\": \"rp1\"" },
        new("az deployment group validate -g rg --template-file {TEMPLATE} --parameters name=ip8") { Says = "\"provisioningState\": \"Succeeded\"" },
        new("az account list-locations --query [].name") { Says = "\"westeurope\"" },
    ];

    private static AzCommand[] Policies =>
    [
        new("az policy definition create -n no-tests --mode All --rules '{\"if\":{\"allOf\":[{\"field\":\"type\",\"in\":[\"Microsoft.Compute/images\"," +
            "\"Microsoft.Compute/virtualMachines\"]},{\"field\":\"name\",\"like\":\"test*\"}]},\"then\":{\"effect\":\"deny\"}}'") { Names = ["no-tests"] },
        new("az policy assignment create -n keep-names --policy no-tests -g rg") { Names = ["keep-names"] },
        new("az image create -g rg -n testimage --source data1 --os-type Linux --hyper-v-generation V2")
            { ExitCode = 1, Says = "(RequestDisallowedByPolicy) Resource 'testimage' was disallowed by policy." },
        new($"az vm create -g rg -n test1 --image Debian:debian-12:12-gen2:latest {Account}")
            { ExitCode = 1, Says = "The template deployment failed because of policy violation." },
        new("az policy assignment list -g rg") { Names = ["keep-names"] },
        new("az policy assignment delete -n keep-names -g rg"),
        new("az policy definition delete -n no-tests"),
    ];

    private static AzCommand[] Groups =>
    [
        new("az group export -n rgd") { Says = "\"type\": \"Microsoft.Compute/disks\"" },
        new("az feature show --namespace Microsoft.Compute --name EncryptionAtHost") { Says = "\"NotRegistered\"" },
        new("az feature list --namespace Microsoft.Compute") { Says = "Microsoft.Compute/EncryptionAtHost" },
        new("az identity create -g rgd -n id1") { Names = ["id1"], Says = "principalId" },
        new("az identity delete -g rgd -n id1"),
        new("az resource move --destination-group rg --ids /subscriptions/{SUB}/resourceGroups/rgd/providers/Microsoft.Compute/disks/fromcopy"),
        new("az disk show -g rg -n fromcopy") { Names = ["fromcopy"] },
        new("az deployment group what-if -g rg --template-file {TEMPLATE} --parameters name=ip7") { Says = "1 to create" },
    ];

    private static AzCommand[] Management =>
    [
        new($"az resource tag --ids {Compute}/disks/data1 --tags c=d") { Names = ["data1"] },
        new("az resource list --tag c=d") { Names = ["data1"] },
        new("az lock create -n keep --lock-type CanNotDelete -g rg") { Names = ["keep"] },
        new("az disk delete -g rg -n data1 --yes") { ExitCode = 1, Says = "(ScopeLocked)" },
        new("az lock delete -n keep -g rg"),
        new("az deployment group create -g rg -n d --template-file {TEMPLATE} --parameters name=ip9") { Names = ["d"], Says = "publicIPAddresses/ip9" },
        new("az deployment group list -g rg") { Says = "\"name\": \"d\"" },
        new("az deployment operation group list -g rg -n d") { Says = "publicIPAddresses/ip9" },
        new("az deployment group export -g rg -n d") { Says = "[parameters('name')]" },
        new("az provider show -n Microsoft.Compute") { Says = "\"registrationState\": \"Registered\"" },
        new("az group delete -n rg --yes"),
        new("az group exists -n rg") { Says = "false" },
    ];
}
