using System.Security;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Tests.Vms;

public sealed class AdminAccountTests
{
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGx1k0Q5l5z8vJ8l3mYQ2V7o4xw0bC9dEfGhIjKlMnOp me@home";

    [Theory]
    [InlineData(true, "azureuser", "Golden-Image-42")]
    [InlineData(true, "Jane Doe", null, false)]
    [InlineData(true, "jane.", null, false)]
    [InlineData(true, "Jane", "Golden-Image-42")]
    [InlineData(false, "Jane", "Golden-Image-42", false)]
    [InlineData(false, "admin", "Golden-Image-42", false)]
    [InlineData(true, "Administrator", "Golden-Image-42", false)]
    [InlineData(true, "azureuser", "short1A", false)]
    [InlineData(false, "azureuser", "abcdef1A")]
    [InlineData(false, "azureuser", "alllowercaseletters", false)]
    [InlineData(true, "azureuser", "P@ssw0rd", false)]
    [InlineData(true, "anameoftwentyonechars", "Golden-Image-42", false)]
    public void FollowsAzuresRules(bool isWindows, string user, string? password, bool isGood = true)
    {
        ImageCmdletsException? problem = Check(new NewVMOptions { ResourceGroupName = "g", Name = "n", Image = "i", AdminUserName = user, AdminPassword = Secure(password) }, isWindows);

        Assert.Equal(isGood ? null : ErrorIds.InvalidPassword, problem?.ErrorId);
        if (password is not null)
            Assert.DoesNotContain(password, problem?.Message ?? string.Empty, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, Key, null)]
    [InlineData(true, Key, ErrorIds.InvalidArgument)]
    [InlineData(false, "/home/me/.ssh/id_rsa.pub", ErrorIds.InvalidArgument)]
    [InlineData(false, "-----BEGIN OPENSSH PRIVATE KEY-----", ErrorIds.InvalidArgument)]
    public void KeysAreOpenSshAndForLinux(bool isWindows, string key, string? errorId)
    {
        ImageCmdletsException? problem = Check(new NewVMOptions { ResourceGroupName = "g", Name = "n", Image = "i", SshPublicKey = [key] }, isWindows);

        Assert.Equal(errorId, problem?.ErrorId);
    }

    [Fact]
    public void AGeneratedPasswordIsGoodAndNeverTheSame()
    {
        string[] passwords = [.. Enumerable.Range(0, 20).Select(_ => GeneratedPassword.Create())];

        Assert.Equal(20, passwords.Distinct(StringComparer.Ordinal).Count());
        Assert.All(passwords, password =>
            Assert.Null(Check(new NewVMOptions { ResourceGroupName = "g", Name = "n", Image = "i", AdminPassword = Secure(password) }, isWindows: true)));
    }

    private static ImageCmdletsException? Check(NewVMOptions options, bool isWindows)
    {
        var problems = new Problems();
        AdminAccount.Check(options, isWindows, problems);
        return Record.Exception(problems.ThrowIfAny) as ImageCmdletsException;
    }

    private static SecureString? Secure(string? text)
    {
        if (text is null)
            return null;

        var secure = new SecureString();
        foreach (char c in text)
            secure.AppendChar(c);
        return secure;
    }
}
