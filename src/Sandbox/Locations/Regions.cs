namespace ImageCmdlets.Sandbox.Locations;

/// <summary>The regions that the sandbox offers: those of the public cloud in 2024 that an ordinary subscription sees.</summary>
internal static class Regions
{
    public static IReadOnlyList<Region> All { get; } =
    [
        new("eastus", "East US", "US", "United States", "Virginia", "37.3719", "-79.8164", "westus", true),
        new("southcentralus", "South Central US", "US", "United States", "Texas", "29.4167", "-98.5", "northcentralus", true),
        new("westus2", "West US 2", "US", "United States", "Washington", "47.233", "-119.852", "westcentralus", true),
        new("westus3", "West US 3", "US", "United States", "Phoenix", "33.448376", "-112.074036", "eastus", true),
        new("australiaeast", "Australia East", "Asia Pacific", "Australia", "New South Wales", "-33.86", "151.2094",
            "australiasoutheast", true),
        new("southeastasia", "Southeast Asia", "Asia Pacific", "Asia Pacific", "Singapore", "1.283", "103.833", "eastasia", true),
        new("northeurope", "North Europe", "Europe", "Europe", "Ireland", "53.3478", "-6.2597", "westeurope", true),
        new("swedencentral", "Sweden Central", "Europe", "Sweden", "Gävle", "60.67488", "17.14127", "swedensouth", true),
        new("uksouth", "UK South", "Europe", "United Kingdom", "London", "50.941", "-0.799", "ukwest", true),
        new("westeurope", "West Europe", "Europe", "Europe", "Netherlands", "52.3667", "4.9", "northeurope", true),
        new("centralus", "Central US", "US", "United States", "Iowa", "41.5908", "-93.6208", "eastus2", true),
        new("southafricanorth", "South Africa North", "Africa", "South Africa", "Johannesburg", "-25.73134", "28.21837",
            "southafricawest", true),
        new("centralindia", "Central India", "Asia Pacific", "India", "Pune", "18.5822", "73.9197", "southindia", true),
        new("eastasia", "East Asia", "Asia Pacific", "Asia Pacific", "Hong Kong", "22.267", "114.188", "southeastasia", true),
        new("japaneast", "Japan East", "Asia Pacific", "Japan", "Tokyo, Saitama", "35.68", "139.77", "japanwest", true),
        new("koreacentral", "Korea Central", "Asia Pacific", "Korea", "Seoul", "37.5665", "126.978", "koreasouth", true),
        new("canadacentral", "Canada Central", "Canada", "Canada", "Toronto", "43.653", "-79.383", "canadaeast", true),
        new("francecentral", "France Central", "Europe", "France", "Paris", "46.3772", "2.373", "francesouth", true),
        new("germanywestcentral", "Germany West Central", "Europe", "Germany", "Frankfurt", "50.110924", "8.682127",
            "germanynorth", true),
        new("italynorth", "Italy North", "Europe", "Italy", "Milan", "45.46888", "9.18109", "", true),
        new("norwayeast", "Norway East", "Europe", "Norway", "Norway", "59.913868", "10.752245", "norwaywest", true),
        new("polandcentral", "Poland Central", "Europe", "Poland", "Warsaw", "52.23334", "21.01666", "", true),
        new("spaincentral", "Spain Central", "Europe", "Spain", "Madrid", "40.4259", "3.4209", "", true),
        new("switzerlandnorth", "Switzerland North", "Europe", "Switzerland", "Zurich", "47.451542", "8.564572",
            "switzerlandwest", true),
        new("mexicocentral", "Mexico Central", "Mexico", "Mexico", "Querétaro State", "20.588818", "-100.389888", "", true),
        new("uaenorth", "UAE North", "Middle East", "UAE", "Dubai", "25.266666", "55.316666", "uaecentral", true),
        new("brazilsouth", "Brazil South", "South America", "Brazil", "Sao Paulo State", "-23.55", "-46.633",
            "southcentralus", true),
        new("israelcentral", "Israel Central", "Middle East", "Israel", "Israel", "31.2655698", "33.4506633", "", true),
        new("qatarcentral", "Qatar Central", "Middle East", "Qatar", "Doha", "25.551462", "51.439327", "", true),
        new("eastus2", "East US 2", "US", "United States", "Virginia", "36.6681", "-78.3889", "centralus", true),
        new("northcentralus", "North Central US", "US", "United States", "Illinois", "41.8819", "-87.6278",
            "southcentralus", false),
        new("westus", "West US", "US", "United States", "California", "37.783", "-122.417", "eastus", false),
        new("japanwest", "Japan West", "Asia Pacific", "Japan", "Osaka", "34.6939", "135.5022", "japaneast", false),
        new("westcentralus", "West Central US", "US", "United States", "Wyoming", "40.89", "-110.234", "westus2", false),
        new("australiacentral", "Australia Central", "Asia Pacific", "Australia", "Canberra", "-35.3075", "149.1244",
            "australiacentral2", false),
        new("australiasoutheast", "Australia Southeast", "Asia Pacific", "Australia", "Victoria", "-37.8136", "144.9631",
            "australiaeast", false),
        new("koreasouth", "Korea South", "Asia Pacific", "Korea", "Busan", "35.1796", "129.0756", "koreacentral", false),
        new("southindia", "South India", "Asia Pacific", "India", "Chennai", "12.9822", "80.1636", "centralindia", false),
        new("canadaeast", "Canada East", "Canada", "Canada", "Quebec", "46.817", "-71.217", "canadacentral", false),
        new("ukwest", "UK West", "Europe", "United Kingdom", "Cardiff", "53.427", "-3.084", "uksouth", false),
    ];

    /// <summary>"East US" and "eastus" are the same region: ARM drops spaces and case.</summary>
    public static string Normalize(string location) => location.Replace(" ", string.Empty).ToLowerInvariant();

    /// <summary>The region of that short or display name; null when the sandbox has none.</summary>
    public static Region? Find(string location)
    {
        string name = Normalize(location);
        return All.FirstOrDefault(region => region.Name == name);
    }
}
