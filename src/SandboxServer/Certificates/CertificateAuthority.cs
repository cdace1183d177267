using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ImageCmdlets.Sandbox.State;

namespace ImageCmdlets.SandboxServer.Certificates;

/// <summary>
/// The server's own CA, trusted by nobody but the clients that are given its PEM. Its only certificate is for this machine's
/// loopback.
/// </summary>
internal sealed class CertificateAuthority : IDisposable
{
    private const int KeyBits = 2048;
    private const string PasswordOfNone = "";

    private readonly X509Certificate2 _authority;

    private CertificateAuthority(X509Certificate2 authority) => _authority = authority;

    /// <summary>The CA's certificate, without its key.</summary>
    public string Pem => _authority.ExportCertificatePem() + "\n";

    /// <summary>The CA kept in a file, made and kept there at the first start; without a file, a new one.</summary>
    /// <param name="path">A PKCS#12 file that only its owner may read; null keeps the CA in memory.</param>
    /// <exception cref="CryptographicException">The file is there but holds no CA.</exception>
    public static CertificateAuthority Open(string? path)
    {
        if (path is not null && File.Exists(path)) return new CertificateAuthority(Load(File.ReadAllBytes(path)));
        byte[] made = Make();
        if (path is not null) Keep(path, made);
        return new CertificateAuthority(Load(made));
    }

    /// <summary>A certificate for 127.0.0.1, ::1, localhost and further names, with its key.</summary>
    public X509Certificate2 IssueForLoopback(IReadOnlyList<string> furtherNames)
    {
        using var key = RSA.Create(KeyBits);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        names.AddDnsName("localhost");
        foreach (string name in furtherNames) names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            _authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));

        using X509Certificate2 signed = request.Create(
            _authority, _authority.NotBefore, _authority.NotAfter, RandomNumberGenerator.GetBytes(16));
        using X509Certificate2 whole = signed.CopyWithPrivateKey(key);

        // TLS on Windows needs a key that went through a PFX.
        return Load(whole.Export(X509ContentType.Pfx));
    }

    /// <inheritdoc />
    public void Dispose() => _authority.Dispose();

    private static byte[] Make()
    {
        using var key = RSA.Create(KeyBits);
        var request = new CertificateRequest("CN=ImageCmdlets sandbox CA", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 made = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(2));
        return made.Export(X509ContentType.Pfx);
    }

    private static X509Certificate2 Load(byte[] pfx) =>
        X509CertificateLoader.LoadPkcs12(pfx, PasswordOfNone, X509KeyStorageFlags.Exportable);

    private static void Keep(string path, byte[] pfx)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using FileStream file = PrivateFile.Open(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        file.Write(pfx);
    }
}
